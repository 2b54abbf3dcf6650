using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>An object that may be written as the value of its one field that matters most: <c>uuid: UUID</c>.</summary>
internal sealed class ShorthandShape<T, TField>(Shape<TField> shorthand, Field<TField> field, ObjectShape<T> full) : Shape<T>
{
    public override string Noun => $"{shorthand.Noun}, or {full.Noun}";

    public override bool TryRead(YamlNode node, Place place, ReadContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is YamlMapping)
            return full.TryRead(node, place, context, out value);
        if (node is not YamlScalar { IsNull: false })
        {
            context.WrongType(node, place, Noun);
            return false;
        }

        if (!shorthand.TryRead(node, place, context, out var given))
            return false;
        value = full.Build(place.Key, field, given);
        return true;
    }

    public override JsonObject Schema() => new() { ["anyOf"] = new JsonArray(shorthand.Schema(), full.Schema()) };

    public override IEnumerable<IObjectShape> Objects() => full.Objects();
}
