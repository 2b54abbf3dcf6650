using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>Names of the user's choice, each with a value of one shape, in file order.</summary>
/// <param name="plural">What is named, in a sentence: <c>roles</c>.</param>
internal sealed class MapShape<T>(TextShape name, Shape<T> item, string plural, int least = 0)
    : Shape<ImmutableArray<KeyValuePair<string, T>>>
{
    public override string Noun => $"a mapping of {plural}";

    public override bool TryRead(
        YamlNode node, Place place, ReadContext context, out ImmutableArray<KeyValuePair<string, T>> value)
    {
        value = [];
        if (node is not YamlMapping map)
        {
            context.WrongType(node, place, Noun);
            return false;
        }

        if (map.Entries.Length < least)
            context.Findings.Error(SpecCodes.BadValue, $"`{place.Key}` must not be empty", map.At);
        var items = ImmutableArray.CreateBuilder<KeyValuePair<string, T>>(map.Entries.Length);
        foreach (var entry in map.Entries)
        {
            if (context.Findings.IsFull)
                break;
            var child = place.Child(entry.Key.Text);
            context.Locate(child, entry.At);
            if (ReadName(entry.Key, place, context) && item.TryRead(entry.Value, child, context, out var read))
                items.Add(KeyValuePair.Create(entry.Key.Text, read));
        }

        value = items.ToImmutable();
        return true;
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = name.Pattern },
            ["additionalProperties"] = item.Schema(),
        };
        if (least > 0)
            schema["minProperties"] = least;
        return schema;
    }

    public override IEnumerable<IObjectShape> Objects() => item.Objects();

    private bool ReadName(YamlScalar key, Place place, ReadContext context)
    {
        if (name.Accepts(key.Text))
            return true;
        context.Findings.Error(SpecCodes.BadValue, $"a key of `{place.Key}` must be {name.Noun}", key.At);
        return false;
    }
}
