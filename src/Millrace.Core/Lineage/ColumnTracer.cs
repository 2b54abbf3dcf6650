using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Lineage;

/// <summary>Follows every output column of a resolved SELECT to the table columns that it is made of.</summary>
public sealed class ColumnTracer
{
    private static readonly string[] Membership = ["in", "notIn", "globalIn", "globalNotIn", "nullIn", "notNullIn", "globalNullIn", "globalNotNullIn", "exists"];

    /// <summary>Clauses whose columns decide about rows.</summary>
    private static readonly string[] RowClauses =
        ["WHERE", "PREWHERE", "GROUP BY", "HAVING", "QUALIFY", "WINDOW", "ORDER BY", "INTERPOLATE", "LIMIT BY"];

    private readonly QueryTree _tree;
    private readonly Func<string, ObjectName> _dictionary;
    private readonly HashSet<ColumnOrigin> _found = [];
    private readonly HashSet<(string Node, string Output, EdgeKind Kind)> _followed = [];

    private ColumnTracer(QueryTree tree, Func<string, ObjectName> dictionary) => (_tree, _dictionary) = (tree, dictionary);

    /// <param name="dictionary">The full name of a dictionary or Join table that a text names.</param>
    public static ImmutableArray<ColumnOrigin> Trace(QueryTree tree, Func<string, ObjectName> dictionary)
    {
        var tracer = new ColumnTracer(tree, dictionary);
        if (tree.Root is { } root)
            tracer.Source(root);
        return [.. tracer._found.OrderBy(o => o.Output, StringComparer.Ordinal).ThenBy(o => o.Source).ThenBy(o => o.Column, StringComparer.Ordinal).ThenBy(o => o.Kind)];
    }

    /// <summary>A query at the top: each of its columns by its name, and what decides about its rows.</summary>
    private void Source(QueryTreeNode node)
    {
        var names = NamesOf(node);
        for (var i = 0; i < names.Length; i++)
            Output(node, i, names[i], EdgeKind.Direct);
        Rows(node);
    }

    private static ImmutableArray<string> NamesOf(QueryTreeNode node) => node.Word switch
    {
        "QUERY" => [.. QueryTree.Projection(node).Select(item => item.Name)],
        "UNION" => node.Items("QUERIES").FirstOrDefault() is { } first ? NamesOf(first) : [],
        _ => [],
    };

    /// <summary>The column at a position of a query or of all members of a union.</summary>
    private void Output(QueryTreeNode node, int position, string output, EdgeKind kind)
    {
        if (node.Word == "UNION")
            foreach (var member in node.Items("QUERIES"))
                Output(member, position, output, kind);
        else if (QueryTree.Projection(node) is var columns && position < columns.Length)
            Follow(columns[position].Expression, output, kind);
    }

    private void Follow(QueryTreeNode node, string output, EdgeKind kind)
    {
        switch (node.Word)
        {
            case "COLUMN":
                Column(node, output, kind);
                break;
            case "FUNCTION":
                Function(node, output, kind);
                break;
            case "QUERY" or "UNION":
                Subquery(node, output, kind);
                break;
            case "TABLE":
                if (QueryTree.TableOf(node) is { } table)
                    _found.Add(new ColumnOrigin(output, table, "", kind));
                break;
            default:
                foreach (var child in node.Children)
                    Follow(child, output, kind);
                break;
        }
    }

    /// <summary>A subquery in an expression: its only column counts, and its own clauses decide about values too.</summary>
    private void Subquery(QueryTreeNode node, string output, EdgeKind kind)
    {
        var names = NamesOf(node);
        for (var i = 0; i < names.Length; i++)
            Output(node, i, output, kind);
        Rows(node);
    }

    private void Column(QueryTreeNode node, string output, EdgeKind kind)
    {
        var name = node.Property("column_name", "result_type", "source_id") ?? "";
        var source = _tree.Find(node.Property("source_id"));
        if (source is not null && QueryTree.TableOf(source) is { } table)
        {
            _found.Add(new ColumnOrigin(output, table, name, kind));
            return;
        }

        if (!_followed.Add(($"{node.Id} {source?.Id}", output, kind)))
            return;
        if (!node.Children.IsEmpty)
            foreach (var expression in node.Section("EXPRESSION"))
                Follow(expression, output, kind);
        else if (source?.Word is "QUERY" or "UNION" && NamesOf(source).IndexOf(name) is var position and >= 0)
            Output(source, position, output, kind);
        else if (source?.Word == "ARRAY_JOIN")
            foreach (var joined in source.Items("JOIN EXPRESSIONS").Where(item => item.Property("column_name", "result_type", "source_id") == name))
                Column(joined, output, kind);
    }

    private void Function(QueryTreeNode node, string output, EdgeKind kind)
    {
        var name = node.Property("function_name", "function_type", "result_type") ?? "";
        var arguments = node.Items("ARGUMENTS");
        if (IsLookup(name) && arguments.Length > 0 && QueryTree.StringOf(arguments[0]) is { } looked)
        {
            foreach (var attribute in Attributes(name, arguments))
                _found.Add(new ColumnOrigin(output, _dictionary(looked), attribute, EdgeKind.Lookup));
            arguments = arguments[1..];
        }

        for (var i = 0; i < arguments.Length; i++)
            if (Membership.Contains(name) && (i == 1 || name == "exists"))
                Follow(arguments[i], "", EdgeKind.Indirect);
            else
                Follow(arguments[i], output, kind);
        foreach (var window in node.Section("WINDOW"))
            Follow(window, "", EdgeKind.Indirect);
    }

    private static bool IsLookup(string function) =>
        function.StartsWith("dict", StringComparison.Ordinal) || function.StartsWith("joinGet", StringComparison.Ordinal);

    /// <summary>The attributes that a dictGet names; one without a name, such as dictHas, asks for the key.</summary>
    private static IEnumerable<string> Attributes(string function, ImmutableArray<QueryTreeNode> arguments)
    {
        if (arguments.Length < 3 || !function.Contains("Get", StringComparison.Ordinal))
            return [""];
        if (QueryTree.StringOf(arguments[1]) is { } one)
            return [one];
        var several = arguments[1].All().Skip(1).Select(QueryTree.StringOf).OfType<string>().ToList();
        return several.Count > 0 ? several : (arguments[1].Property("constant_value", "constant_value_type") ?? "").Split('\'').Where((_, i) => i % 2 == 1).DefaultIfEmpty("");
    }

    /// <summary>What decides about the rows of a query and of everything that it reads.</summary>
    private void Rows(QueryTreeNode node)
    {
        if (!_followed.Add((node.Id, "", EdgeKind.Trigger)))
            return;
        foreach (var clause in RowClauses)
            foreach (var expression in node.Section(clause))
                Follow(expression, "", EdgeKind.Indirect);
        foreach (var part in node.Section("JOIN TREE").Concat(node.Word == "UNION" ? node.Items("QUERIES") : []))
            Joined(part);
    }

    private void Joined(QueryTreeNode node)
    {
        if (node.Word is "QUERY" or "UNION")
        {
            Rows(node);
            return;
        }

        foreach (var section in node.Children)
            if (section.Word == "JOIN EXPRESSION")
                foreach (var condition in section.Children)
                    Follow(condition, "", EdgeKind.Indirect);
            else if (section.Word.EndsWith("TABLE EXPRESSION", StringComparison.Ordinal))
                foreach (var part in section.Children)
                    Joined(part);
    }
}
