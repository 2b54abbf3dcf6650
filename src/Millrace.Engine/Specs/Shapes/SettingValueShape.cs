using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary>A setting's value, kept as text; empty text is a value too.</summary>
internal sealed class SettingValueShape : ScalarShape<string>
{
    public override string Noun => "a number, `true`, `false` or text";

    protected override bool TryParse(string text, YamlScalar scalar, [MaybeNullWhen(false)] out string value)
    {
        value = text;
        return !text.Contains('\0');
    }

    public override JsonObject Schema() => new() { ["type"] = new JsonArray("string", "number", "boolean") };
}
