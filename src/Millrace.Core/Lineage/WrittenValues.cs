using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace Millrace.Core.Lineage;

/// <summary>Finds the output columns of a resolved SELECT that are constants, in all branches of a UNION.</summary>
public static partial class WrittenValues
{
    private const int Deepest = 20;

    /// <summary>By the name of the column, the constants as SQL literals.</summary>
    public static ImmutableDictionary<string, ImmutableArray<string>> Of(QueryTree tree)
    {
        var found = ImmutableDictionary.CreateBuilder<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (tree.Root is { } root)
            for (var i = 0; i < Names(root).Length; i++)
                if (At(tree, root, i, 0) is { } values)
                    found[Names(root)[i]] = [.. values.Distinct()];
        return found.ToImmutable();
    }

    private static ImmutableArray<string> Names(QueryTreeNode node) => node.Word switch
    {
        "QUERY" => [.. QueryTree.Projection(node).Select(item => item.Name)],
        "UNION" => node.Items("QUERIES").FirstOrDefault() is { } first ? Names(first) : [],
        _ => [],
    };

    /// <summary>Null as soon as one branch computes the column.</summary>
    private static ImmutableArray<string>? At(QueryTree tree, QueryTreeNode node, int position, int depth)
    {
        if (node.Word != "UNION")
            return QueryTree.Projection(node) is var columns && position < columns.Length ? Of(tree, columns[position].Expression, depth + 1) : null;
        var all = ImmutableArray.CreateBuilder<string>();
        foreach (var member in node.Items("QUERIES"))
        {
            if (At(tree, member, position, depth) is not { } values)
                return null;
            all.AddRange(values);
        }

        return all.ToImmutable();
    }

    private static ImmutableArray<string>? Of(QueryTree tree, QueryTreeNode expression, int depth)
    {
        if (depth > Deepest)
            return null;
        if (expression.Word == "CONSTANT")
            return Literal(expression.Property("constant_value", "constant_value_type") ?? "") is { } literal ? [literal] : null;
        if (expression.Word != "COLUMN")
            return null;
        if (expression.Section("EXPRESSION") is [var alias])
            return Of(tree, alias, depth + 1);
        var name = expression.Property("column_name", "result_type", "source_id") ?? "";
        return tree.Find(expression.Property("source_id")) is { Word: "QUERY" or "UNION" } source && Names(source).IndexOf(name) is var position and >= 0
            ? At(tree, source, position, depth + 1)
            : null;
    }

    /// <summary>The engine writes <c>'text'</c>, <c>UInt64_300</c>, <c>Int64_-5</c>, <c>NULL</c>.</summary>
    private static string? Literal(string value) =>
        value.StartsWith('\'') || value == "NULL" ? value
        : Number().Match(value) is { Success: true } number ? $"'{number.Groups["number"].Value}'"
        : null;

    [GeneratedRegex(@"^(U?Int|Float)\d+_(?<number>-?[\d.e+-]+)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Number();
}
