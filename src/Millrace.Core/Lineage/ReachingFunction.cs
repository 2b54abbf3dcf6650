namespace Millrace.Core.Lineage;

/// <summary>
/// Table functions that connect when a statement is only created or analysed, to ask for the columns. Those over HTTP are not among
/// them: a lab sends these to a proxy that is not there. Syntax is what <c>EXPLAIN AST</c> says, line by line.
/// </summary>
public static class ReachingFunction
{
    private static readonly string[] All = ["jdbc", "mysql", "odbc", "postgresql", "remote", "remoteSecure"];

    /// <summary>Whether it is worth to ask for the syntax of a statement.</summary>
    public static bool MayBeIn(string sql) => All.Any(name => sql.Contains(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>
    /// The first one that creating an object would call; null for none, and for a table or a plain view whose columns are written
    /// down: it is not looked into before somebody reads it.
    /// </summary>
    public static string? InCreate(string syntax)
    {
        var lines = Lines(syntax);
        if (lines.Length == 0 || !lines[0].StartsWith("CreateQuery ", StringComparison.Ordinal))
            return null;
        var hasColumns = Array.Exists(lines, line => line.StartsWith(" Columns definition", StringComparison.Ordinal));
        var isMaterialized = Array.Exists(lines, line => line.StartsWith(" ViewTargets", StringComparison.Ordinal));
        return hasColumns && !isMaterialized ? null : Find(lines);
    }

    /// <summary>The first one that a SELECT calls; null for none.</summary>
    public static string? InSelect(string syntax) => Find(Lines(syntax));

    /// <summary>FROM postgresql(...), and CREATE TABLE t AS postgresql(...).</summary>
    private static string? Find(string[] lines)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            var isTable = SyntaxOutline.After(lines[i - 1], "TableExpression ") is not null || lines[i].StartsWith($" {SyntaxOutline.Function}", StringComparison.Ordinal);
            if (isTable && SyntaxOutline.After(lines[i], SyntaxOutline.Function) is { } called
                && All.FirstOrDefault(name => name.Equals(called, StringComparison.OrdinalIgnoreCase)) is { } found)
                return found;
        }

        return null;
    }

    private static string[] Lines(string syntax) => syntax.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
