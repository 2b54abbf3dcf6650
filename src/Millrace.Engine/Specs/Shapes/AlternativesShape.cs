using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>A mapping of one of several kinds: its first key tells which, and any other mapping is of the usual kind.</summary>
/// <param name="kinds">Each with the key that it begins with, which is the only key of the mapping.</param>
internal sealed class AlternativesShape<T>(ObjectShape<T> usual, params (string Key, ObjectShape<T> Shape)[] kinds) : Shape<T>
{
    public override string Noun => $"{usual.Noun}, or a mapping with {string.Join(" or ", kinds.Select(kind => $"`{kind.Key}`"))}";

    public override bool TryRead(YamlNode node, Place place, ReadContext context, [MaybeNullWhen(false)] out T value)
    {
        foreach (var (key, shape) in kinds)
            if (node is YamlMapping map && map.Find(key) is not null)
                return shape.TryRead(node, place, context, out value);
        return usual.TryRead(node, place, context, out value);
    }

    public override JsonObject Schema() =>
        new() { ["anyOf"] = new JsonArray([usual.Schema(), .. kinds.Select(kind => kind.Shape.Schema())]) };

    public override IEnumerable<IObjectShape> Objects() => usual.Objects().Concat(kinds.SelectMany(kind => kind.Shape.Objects()));
}
