using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Shapes;

namespace Millrace.Core.Lineage;

/// <summary>What a resolved SELECT reads, as far as rules and rows go; its columns are the <see cref="ColumnTracer"/>'s.</summary>
public sealed partial record QueryOutline(
    ImmutableArray<ObjectName> Tables,
    ImmutableArray<ObjectName> Branches,
    ImmutableHashSet<string> GroupedBy,
    ImmutableArray<string> Constants)
{
    private const int LongestConstant = 60;

    public static QueryOutline Of(QueryTree tree)
    {
        var nodes = tree.Root?.All().ToList() ?? [];
        return new QueryOutline(
            [.. nodes.Select(QueryTree.TableOf).OfType<ObjectName>().Distinct()],
            BranchesOf(nodes),
            GroupedByOf(tree.Root),
            [.. nodes.Select(QueryTree.StringOf).OfType<string>().Where(text => text.Length is > 0 and <= LongestConstant).Distinct()]);
    }

    /// <summary>The first table of each member of the outermost UNION.</summary>
    private static ImmutableArray<ObjectName> BranchesOf(List<QueryTreeNode> nodes) =>
        nodes.Find(node => node.Word == "UNION") is { } union
            ? [.. union.Items("QUERIES").Select(member => member.All().Select(QueryTree.TableOf).FirstOrDefault(table => table is not null)).OfType<ObjectName>().Distinct()]
            : [];

    /// <summary>Output columns of the outermost query whose expression is also a grouping one.</summary>
    private static ImmutableHashSet<string> GroupedByOf(QueryTreeNode? root)
    {
        if (root is not { Word: "QUERY" })
            return [];
        var keys = root.Items("GROUP BY").Select(Signature).ToHashSet(StringComparer.Ordinal);
        return [.. QueryTree.Projection(root).Where(column => keys.Contains(Signature(column.Expression))).Select(column => column.Name)];
    }

    /// <summary>The whole text of an expression without the engine's numbers.</summary>
    private static string Signature(QueryTreeNode node) =>
        $"{Id().Replace(node.Text, "")}({string.Join(' ', node.Children.Select(Signature))})";

    [GeneratedRegex(@" id: \d+,?|, alias: [^,]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();
}
