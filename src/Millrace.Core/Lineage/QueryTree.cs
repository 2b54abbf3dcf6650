using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Shapes;

namespace Millrace.Core.Lineage;

/// <summary>The answer of <c>EXPLAIN QUERY TREE passes = 1</c>: a SELECT as the engine resolved it. Its layout has no version; tests pin it.</summary>
public sealed class QueryTree
{
    private readonly Dictionary<string, QueryTreeNode> _byId = new(StringComparer.Ordinal);

    private QueryTree(QueryTreeNode? root)
    {
        Root = root;
        foreach (var node in root?.All() ?? [])
            if (node.Id.Length > 0)
                _byId.TryAdd(node.Id, node);
    }

    /// <summary>A <c>QUERY</c> or a <c>UNION</c>; null for an empty text.</summary>
    public QueryTreeNode? Root { get; }

    public static QueryTree Read(string text)
    {
        var lines = text.Split('\n').Where(line => line.Trim().Length > 0).ToList();
        var at = 0;
        return new QueryTree(lines.Count == 0 ? null : Read(lines, ref at));
    }

    public QueryTreeNode? Find(string? id) => id is null ? null : _byId.GetValueOrDefault(id);

    /// <summary>The table that a <c>TABLE</c> node stands for.</summary>
    public static ObjectName? TableOf(QueryTreeNode node)
    {
        if (node.Word != "TABLE" || node.Property("table_name", "final", "sample_size", "sample_offset") is not { } name)
            return null;
        var parts = Identifiers(name);
        return parts.Count == 2 ? new ObjectName(parts[0], parts[1]) : null;
    }

    /// <summary>The text of a constant of type String; null for anything else.</summary>
    public static string? StringOf(QueryTreeNode node) =>
        node.Word == "CONSTANT" && node.Text.EndsWith(", constant_value_type: String", StringComparison.Ordinal)
            && node.Property("constant_value", "constant_value_type") is { Length: >= 2 } value
            ? Unescape(value[1..^1])
            : null;

    /// <summary>Names of the output columns of a <c>QUERY</c>, each beside its expression.</summary>
    public static ImmutableArray<(string Name, QueryTreeNode Expression)> Projection(QueryTreeNode query)
    {
        var expressions = query.Items("PROJECTION");
        var names = query.Section("PROJECTION COLUMNS");
        return [.. names.Zip(expressions, (name, expression) => (NameOf(name.Text, expression), expression))];
    }

    /// <summary>A line is a name, a space and a type, and both may hold spaces; the expression's own type tells where to cut.</summary>
    private static string NameOf(string line, QueryTreeNode expression)
    {
        var type = expression.Property("result_type", "source_id") ?? expression.Property("constant_value_type");
        if (type is not null && line.EndsWith($" {type}", StringComparison.Ordinal))
            return line[..^(type.Length + 1)];
        var space = line.IndexOf(' ', StringComparison.Ordinal);
        return space < 0 ? line : line[..space];
    }

    private static QueryTreeNode Read(List<string> lines, ref int at)
    {
        var line = lines[at++];
        var depth = Depth(line);
        var children = ImmutableArray.CreateBuilder<QueryTreeNode>();
        while (at < lines.Count && Depth(lines[at]) > depth)
            children.Add(Read(lines, ref at));
        return new QueryTreeNode(line[depth..], children.ToImmutable());
    }

    private static int Depth(string line) => line.Length - line.AsSpan().TrimStart(' ').Length;

    /// <summary>The parts of <c>db.`odd.name`</c>.</summary>
    private static List<string> Identifiers(string text)
    {
        var parts = new List<string>();
        var part = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\\' && quoted && i + 1 < text.Length)
                part.Append(text[++i]);
            else if (c == '`')
                quoted = !quoted;
            else if (c == '.' && !quoted)
            {
                parts.Add(part.ToString());
                part.Clear();
            }
            else
                part.Append(c);
        }

        parts.Add(part.ToString());
        return parts;
    }

    private static string Unescape(string text) => text.Contains('\\', StringComparison.Ordinal)
        ? text.Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal)
        : text;
}
