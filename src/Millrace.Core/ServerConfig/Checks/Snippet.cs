using System.Xml.Linq;

namespace Millrace.Core.ServerConfig.Checks;

/// <summary>What to add to a node's configuration, in both of ClickHouse's notations.</summary>
internal static class Snippet
{
    /// <summary>For <c>config.d</c>.</summary>
    public static string Config(NodeConfig config) => Text("config.d", XElement.Parse(NodeConfigXml.Render(config)));

    /// <summary>For <c>users.d</c>.</summary>
    public static string Profile(string profile, string setting, string value) => Text(
        "users.d", new XElement("clickhouse", new XElement("profiles", new XElement(profile, new XElement(setting, value)))));

    private static string Text(string folder, XElement xml) =>
        $"{folder}/millrace.xml:\n{Indent(xml.ToString())}\nor {folder}/millrace.yaml:\n{Indent(ConfigYaml.Render(xml))}";

    private static string Indent(string text) => "  " + text.ReplaceLineEndings("\n").TrimEnd('\n').Replace("\n", "\n  ", StringComparison.Ordinal);
}
