using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>A list of values of one shape.</summary>
/// <param name="plural">The items in a sentence: <c>column names</c>.</param>
internal sealed class ListShape<T>(Shape<T> item, string plural, int least = 0) : Shape<ImmutableArray<T>>
{
    public override string Noun => $"a list of {plural}";

    public override bool TryRead(YamlNode node, Place place, ReadContext context, out ImmutableArray<T> value)
    {
        value = [];
        if (node is not YamlSequence list)
        {
            context.WrongType(node, place, Noun);
            return false;
        }

        if (list.Items.Length < least)
            context.Findings.Error(SpecCodes.BadValue, $"`{place.Key}` must not be empty", list.At);
        var items = ImmutableArray.CreateBuilder<T>(list.Items.Length);
        for (var i = 0; i < list.Items.Length && !context.Findings.IsFull; i++)
        {
            context.Locate(place.Item(i), list.Items[i].At);
            if (item.TryRead(list.Items[i], place.Item(i), context, out var read))
                items.Add(read);
        }

        value = items.ToImmutable();
        return true;
    }

    public override JsonObject Schema()
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = item.Schema() };
        if (least > 0)
            schema["minItems"] = least;
        return schema;
    }

    public override IEnumerable<IObjectShape> Objects() => item.Objects();
}
