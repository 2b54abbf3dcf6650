using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>Text, kept as it was written: <c>25.10</c> stays that and <c>true</c> is a word.</summary>
/// <param name="pattern">What the whole text must match; null accepts any that is not blank.</param>
internal sealed class TextShape(string noun, string? pattern = null) : ScalarShape<string>
{
    private const string NotBlank = @"\S";

    private readonly Regex _pattern = new(
        pattern ?? NotBlank, RegexOptions.CultureInvariant | RegexOptions.ECMAScript, TimeSpan.FromSeconds(1));

    public override string Noun => noun;

    public string Pattern => pattern ?? NotBlank;

    /// <summary>.NET's <c>$</c> also matches before a last newline, JSON Schema's does not: names never hold one.</summary>
    public bool Accepts(string text) =>
        !text.Contains('\0') && (pattern is null || !text.Contains('\n')) && _pattern.IsMatch(text);

    protected override bool TryParse(string text, YamlScalar scalar, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return Accepts(text);
    }

    public override JsonObject Schema()
    {
        // YAML editors see 25.8 and true as a number and a flag, to which a pattern does not apply: where such text can be meant at
        // all, they are let through, and the reader decides.
        var schema = TextOrReference(Pattern);
        var types = new JsonArray("string");
        if (Accepts("7") || Accepts("25.8"))
            types.Add("number");
        if (Accepts("true"))
            types.Add("boolean");
        schema["type"] = types.Count == 1 ? "string" : types;
        return schema;
    }
}
