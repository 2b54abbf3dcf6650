using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>A single value: refuses mappings, lists and missing values, and fills in references, before it is parsed.</summary>
internal abstract class ScalarShape<T> : Shape<T>
{
    /// <summary>A scalar may always be a reference; its value is only known when the project is loaded.</summary>
    protected const string ReferencePattern = @"\$\{(env|file):[^{}]+\}";

    public sealed override bool TryRead(
        YamlNode node, Place place, ReadContext context, [MaybeNullWhen(false)] out T value)
    {
        value = default;
        if (node is not YamlScalar scalar || scalar.IsNull)
        {
            context.WrongType(node, place, Noun);
            return false;
        }

        if (!context.TryResolve(scalar, out var text))
            return false;
        if (TryParse(text, scalar, out value))
        {
            Accepted(value, context);
            return true;
        }

        Refused(text, context);
        context.BadValue(scalar, place, Noun, Fix(text));
        return false;
    }

    protected abstract bool TryParse(string text, YamlScalar scalar, [MaybeNullWhen(false)] out T value);

    /// <summary>Called with every value that was taken.</summary>
    protected virtual void Accepted(T value, ReadContext context)
    {
    }

    /// <summary>Called with every text that is about to be reported, to hide what must not be.</summary>
    protected virtual void Refused(string text, ReadContext context)
    {
    }

    /// <summary>What to write instead of a value that was refused.</summary>
    protected virtual string? Fix(string text) => null;

    /// <summary>A schema of text that matches <paramref name="pattern"/> or holds a reference.</summary>
    protected static JsonObject TextOrReference(string pattern) =>
        new() { ["type"] = "string", ["pattern"] = $"{pattern}|{ReferencePattern}" };
}
