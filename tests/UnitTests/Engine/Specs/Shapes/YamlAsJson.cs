using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Millrace.Engine.Specs;
using Millrace.Engine.Specs.Yaml;

namespace Millrace.UnitTests.Engine.Specs.Shapes;

/// <summary>A YAML file as an editor's language server sees it: plain scalars become numbers and flags by YAML 1.2's core schema.</summary>
public static partial class YamlAsJson
{
    public static JsonNode? Parse(string yaml) => Of(YamlReader.Read(yaml, new FindingList("test.yaml"))!);

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMapping map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Of(e.Value)))),
        YamlSequence list => new JsonArray([.. list.Items.Select(Of)]),
        YamlScalar { IsNull: true } => null,
        YamlScalar { IsPlain: true, Text: "true" or "false" } flag => JsonValue.Create(flag.Text == "true"),
        YamlScalar { IsPlain: true } plain when Number().IsMatch(plain.Text) => JsonValue.Create(double.Parse(plain.Text, CultureInfo.InvariantCulture)),
        YamlScalar scalar => JsonValue.Create(scalar.Text),
        _ => throw new InvalidOperationException($"unexpected {node.Noun}"),
    };

    [GeneratedRegex(@"^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
