using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Breaking;

/// <summary>What <c>EXPLAIN QUERY TREE</c> says of a SELECT, as far as the checks need it.</summary>
internal sealed partial record QueryOutline(
    ImmutableArray<ObjectName> Tables,
    ImmutableArray<ObjectName> Branches,
    ImmutableHashSet<string> GroupedBy,
    ImmutableArray<string> Constants)
{
    public static QueryOutline Read(string text)
    {
        var lines = text.Split('\n').Where(line => line.Length > 0).Select(line => new Line(Depth(line), line.Trim())).ToList();
        var tables = lines.Select(TableIn).OfType<ObjectName>().Distinct().ToImmutableArray();
        return new QueryOutline(tables, BranchesOf(lines), GroupedByOf(lines), [.. lines.Select(ConstantIn).OfType<string>().Distinct()]);
    }

    private static int Depth(string line) => line.Length - line.TrimStart().Length;

    private static ObjectName? TableIn(Line line) =>
        Table().Match(line.Text) is { Success: true } match
            ? new ObjectName(match.Groups["database"].Value.Replace("`", "", StringComparison.Ordinal), match.Groups["table"].Value.Replace("`", "", StringComparison.Ordinal))
            : null;

    private static string? ConstantIn(Line line) =>
        Constant().Match(line.Text) is { Success: true } match ? match.Groups["value"].Value : null;

    /// <summary>The first table of each member of the outermost UNION.</summary>
    private static ImmutableArray<ObjectName> BranchesOf(List<Line> lines)
    {
        var union = lines.FindIndex(line => line.Text.StartsWith("UNION id:", StringComparison.Ordinal));
        if (union < 0)
            return [];
        var members = Inside(lines, union).Where(line => line.Text.StartsWith("QUERY id:", StringComparison.Ordinal)).ToList();
        var depth = members.Count == 0 ? 0 : members.Min(line => line.Depth);
        return
        [
            .. members.Where(line => line.Depth == depth)
                .Select(member => Inside(lines, lines.IndexOf(member)).Select(TableIn).FirstOrDefault(table => table is not null))
                .OfType<ObjectName>()
                .Distinct(),
        ];
    }

    /// <summary>Output columns of the outermost query whose expression is also a grouping one.</summary>
    private static ImmutableHashSet<string> GroupedByOf(List<Line> lines)
    {
        if (lines.Count == 0 || !lines[0].Text.StartsWith("QUERY id:", StringComparison.Ordinal))
            return [];
        var names = Children(lines, Section(lines, "PROJECTION COLUMNS")).Select(line => line.Text[..Math.Max(0, line.Text.LastIndexOf(' '))]).ToList();
        var typed = Children(lines, Section(lines, "PROJECTION COLUMNS")).Select(line => line.Text).ToList();
        var projected = ListOf(lines, Section(lines, "PROJECTION"));
        var keys = ListOf(lines, Section(lines, "GROUP BY")).ToHashSet(StringComparer.Ordinal);
        return [.. projected.Zip(typed).Where(pair => keys.Contains(pair.First)).Select(pair => pair.Second.Split(' ')[0].Trim('`'))];
    }

    private static int Section(List<Line> lines, string name) =>
        lines.FindIndex(line => line.Depth == lines[0].Depth + 2 && line.Text == name);

    /// <summary>The items of the list under a section, each as its whole text without ids.</summary>
    private static List<string> ListOf(List<Line> lines, int section)
    {
        if (section < 0)
            return [];
        var list = section + 1;
        return [.. Children(lines, list).Select(item => Signature(lines, item))];
    }

    private static string Signature(List<Line> lines, Line item) =>
        string.Join('\n', Inside(lines, lines.IndexOf(item)).Prepend(item).Select(line => $"{line.Depth - item.Depth} {Id().Replace(line.Text, "")}"));

    private static IEnumerable<Line> Children(List<Line> lines, int parent) =>
        parent < 0 || parent >= lines.Count ? [] : Inside(lines, parent).Where(line => line.Depth == lines[parent].Depth + 2);

    private static IEnumerable<Line> Inside(List<Line> lines, int parent) =>
        lines.Skip(parent + 1).TakeWhile(line => line.Depth > lines[parent].Depth);

    [GeneratedRegex(@"^TABLE id: .*table_name: (?<database>`[^`]+`|[^.`]+)\.(?<table>`[^`]+`|[^,]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Table();

    [GeneratedRegex(@"^CONSTANT id: .*constant_value: '(?<value>[^']{1,60})', constant_value_type: String", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Constant();

    [GeneratedRegex(@" id: \d+,?|, alias: [^,]*", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Id();

    private sealed class Line(int depth, string text)
    {
        public int Depth => depth;

        public string Text => text;
    }
}
