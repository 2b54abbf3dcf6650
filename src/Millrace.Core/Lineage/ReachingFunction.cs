using System.Text.RegularExpressions;

namespace Millrace.Core.Lineage;

/// <summary>
/// Table functions and engines that connect when a statement is only created or analysed, most to ask for the columns. Those over
/// HTTP are not among them, for a lab sends these to a proxy that is not there, but Azure's are: they know no proxy. Syntax is what
/// <c>EXPLAIN AST</c> says, line by line.
/// </summary>
public static partial class ReachingFunction
{
    private static readonly string[] All = ["jdbc", "mysql", "odbc", "postgresql", "remote", "remoteSecure"];

    /// <summary>In the names of all functions and engines over these stores, such as <c>icebergAzure</c> and <c>hdfsCluster</c>.</summary>
    private static readonly string[] Stores = ["azure", "hdfs"];

    /// <summary>Those that ask nobody when their columns are among their arguments; tables of the others have metadata to look at.</summary>
    private static readonly string[] Shapeable = ["azureBlobStorage", "azureBlobStorageCluster", "hdfs", "hdfsCluster"];

    /// <summary>Whether it is worth to ask for the syntax of a statement.</summary>
    public static bool MayBeIn(string sql) => All.Concat(Stores).Any(name => sql.Contains(name, StringComparison.OrdinalIgnoreCase));

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
        return Engine(lines, hasColumns) ?? (hasColumns && !isMaterialized ? null : Find(lines));
    }

    /// <summary>The first one that a SELECT calls; null for none.</summary>
    public static string? InSelect(string syntax) => Find(Lines(syntax));

    /// <summary>An engine over such a store; HDFS alone does without it when its columns are written down.</summary>
    private static string? Engine(string[] lines, bool hasColumns) =>
        SyntaxOutline.EngineIn(lines) is { } engine && IsOverStore(engine) && !(hasColumns && engine.Equals("HDFS", StringComparison.OrdinalIgnoreCase)) ? engine : null;

    private static bool IsOverStore(string name) => Stores.Any(store => name.Contains(store, StringComparison.OrdinalIgnoreCase));

    /// <summary>FROM postgresql(...), and CREATE TABLE t AS postgresql(...).</summary>
    private static string? Find(string[] lines)
    {
        for (var i = 1; i < lines.Length; i++)
        {
            var isTable = SyntaxOutline.After(lines[i - 1], "TableExpression ") is not null || lines[i].StartsWith($" {SyntaxOutline.Function}", StringComparison.Ordinal);
            if (!isTable || SyntaxOutline.After(lines[i], SyntaxOutline.Function) is not { } called)
                continue;
            if (All.FirstOrDefault(name => name.Equals(called, StringComparison.OrdinalIgnoreCase)) is { } found)
                return found;
            if (IsOverStore(called) && !(Shapeable.Contains(called, StringComparer.OrdinalIgnoreCase) && HasShape(lines, i)))
                return called;
        }

        return null;
    }

    /// <summary>Whether one of the function's own arguments is a list of columns.</summary>
    private static bool HasShape(string[] lines, int function)
    {
        var depth = Depth(lines[function]);
        return lines.Skip(function + 1).TakeWhile(line => Depth(line) > depth)
            .Any(line => Depth(line) <= depth + 2 && SyntaxOutline.After(line, "Literal ") is not null && Columns().IsMatch(line.TrimStart()["Literal ".Length..]));
    }

    private static int Depth(string line) => line.Length - line.TrimStart().Length;

    /// <summary>Quotes come with a backslash or without: EXPLAIN AST of a CREATE is answered in the server's default format, whatever is asked for.</summary>
    [GeneratedRegex("""^\\?'\s*[`"]?\w+[`"]?\s+[A-Z]\w*(\(.*\))?\s*(,.*)?\\?'$""", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Columns();

    private static string[] Lines(string syntax) => syntax.Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
