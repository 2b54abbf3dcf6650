using System.Text.Json.Nodes;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.Engine.Specs.Shapes;

/// <summary><c>true</c> or <c>false</c>, and none of YAML's other spellings.</summary>
internal sealed class FlagShape : ScalarShape<bool>
{
    public override string Noun => "`true` or `false`";

    protected override bool TryParse(string text, YamlScalar scalar, out bool value)
    {
        value = text == "true";
        return text is "true" or "false";
    }

    protected override string? Fix(string text) => text.ToLowerInvariant() switch
    {
        "yes" or "on" or "1" or "true" => "true",
        "no" or "off" or "0" or "false" => "false",
        _ => null,
    };

    public override JsonObject Schema() =>
        new() { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "boolean" }, TextOrReference("^(true|false)$")) };
}
