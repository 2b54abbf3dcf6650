using System.Text;
using System.Xml.Linq;

namespace Millrace.Core.ServerConfig;

/// <summary>Writes a ClickHouse config file in its YAML notation: the same tree, without the root, repeated elements as a list.</summary>
public static class ConfigYaml
{
    public static string Render(XElement root)
    {
        var text = new StringBuilder();
        Children(text, root, "");
        return text.ToString();
    }

    private static void Children(StringBuilder text, XElement element, string indent)
    {
        foreach (var same in element.Elements().GroupBy(child => child.Name.LocalName))
        {
            var repeated = same.Count() > 1;
            if (repeated)
                text.Append($"{indent}{same.Key}:\n");
            foreach (var child in same)
                Value(text, child, repeated ? $"{indent}  - " : $"{indent}{same.Key}:", indent, repeated);
        }
    }

    private static void Value(StringBuilder text, XElement child, string head, string indent, bool isItem)
    {
        if (!child.HasElements)
        {
            text.Append($"{head}{(isItem ? "" : " ")}{Scalar(child.Value)}\n");
            return;
        }

        var inner = new StringBuilder();
        var deeper = indent + (isItem ? "    " : "  ");
        Children(inner, child, deeper);
        // The first line of an item stands beside its dash.
        text.Append(isItem ? head + inner.ToString()[deeper.Length..] : $"{head}\n{inner}");
    }

    /// <summary>Single quotes keep every other character as it is.</summary>
    private static string Scalar(string value) => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'";
}
