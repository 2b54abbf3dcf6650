using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Lineage;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>What one statement does to stored rows, out of the engine's <c>EXPLAIN AST</c> of it.</summary>
/// <param name="Into">The table that it fills or takes rows from; a database alone stands for all its tables.</param>
/// <param name="Reads">What its SELECT reads.</param>
/// <param name="Fills">True when its SELECT goes into the table.</param>
/// <param name="TakesWhole">True when partitions of another table, which the syntax does not name, are taken over.</param>
/// <param name="Deletes">What it takes out: a column's values each, or rows (null).</param>
public sealed partial record RowsDeed(ObjectName? Into, ImmutableArray<ObjectName> Reads, bool Fills, bool TakesWhole, ImmutableArray<string?> Deletes)
{
    /// <summary>Of a database, which of its tables are meant.</summary>
    private Match? Like { get; init; }

    /// <summary>Whether a table of the database is meant.</summary>
    public bool Takes(string table) =>
        Like is not { Success: true } like
        || Regex.IsMatch(
            table,
            $"^{Regex.Escape(like.Groups["pattern"].Value).Replace("%", ".*", StringComparison.Ordinal).Replace('_', '.')}$",
            like.Groups["word"].Value == "ILIKE" ? RegexOptions.IgnoreCase : RegexOptions.None,
            TimeSpan.FromSeconds(1)) != like.Groups["not"].Success;

    private const string Name = " Identifier ";
    private const string Command = "AlterCommand ";

    /// <summary>Null for statements that leave rows alone.</summary>
    /// <param name="syntax">The answer to <c>EXPLAIN AST</c>.</param>
    /// <param name="text">The statement as the engine formats it.</param>
    /// <param name="database">Where names without a database belong.</param>
    public static RowsDeed? Read(string syntax, string text, string database)
    {
        var lines = syntax.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return (lines.Length == 0 ? "" : lines[0].Split(' ')[0]) switch
        {
            "InsertQuery" or "CreateQuery" => Copy(lines, syntax, text, database),
            "AlterQuery" => Alter(lines, text, database),
            "TruncateQuery" when Subject(lines[0], database) is null => new RowsDeed(new ObjectName(Whole(lines[0]), ""), [], false, false, [null]) { Like = Pattern().Match(text) },
            "TruncateQuery" or "DeleteQuery" when Subject(lines[0], database) is { } table => new RowsDeed(table, [], false, false, [null]),
            _ => null,
        };
    }

    private static RowsDeed Copy(string[] lines, string syntax, string text, string database)
    {
        var name = lines.Skip(1).TakeWhile(line => line.StartsWith(Name, StringComparison.Ordinal)).Select(line => SyntaxOutline.After(line, Name.TrimStart())).ToList();
        var into = name.Count switch { 1 => new ObjectName(database, name[0]!), 2 => new ObjectName(name[0]!, name[1]!), _ => null };
        var isView = Array.Exists(lines, line => line.TrimStart().StartsWith("ViewTargets", StringComparison.Ordinal)) || text.StartsWith("CREATE VIEW", StringComparison.Ordinal)
            || text.StartsWith("CREATE OR REPLACE VIEW", StringComparison.Ordinal);
        var selects = (!isView || text.Contains(" POPULATE ", StringComparison.Ordinal))
            && Array.Exists(lines, line => line.TrimStart().StartsWith("SelectWithUnionQuery", StringComparison.Ordinal));
        var clones = text.Contains(" CLONE AS ", StringComparison.Ordinal);
        return new RowsDeed(into, selects ? SyntaxOutline.ReadsIn(syntax, database) : [], selects || clones, clones, []);
    }

    private static RowsDeed? Alter(string[] lines, string text, string database)
    {
        var deletes = ImmutableArray.CreateBuilder<string?>();
        for (var i = 0; i < lines.Length; i++)
        {
            var command = SyntaxOutline.After(lines[i], Command);
            if (command == "DROP_COLUMN" && i + 1 < lines.Length && SyntaxOutline.After(lines[i + 1], Name.TrimStart()) is { } column)
                deletes.Add(column);
            else if (command == "DELETE" || (command == "DROP_PARTITION" && !text.Contains(" DETACH PART", StringComparison.Ordinal)))
                deletes.Add(null); // Detached parts stay on the disk, and can be attached again.
        }

        var takes = Array.Exists(lines, line => SyntaxOutline.After(line, Command) is "REPLACE_PARTITION" or "MOVE_PARTITION");
        return Subject(lines[0], database) is { } table ? new RowsDeed(table, [], takes, takes, deletes.ToImmutable()) : null;
    }

    /// <summary>The database of <c>TRUNCATE DATABASE</c>.</summary>
    private static string Whole(string line) => SyntaxOutline.After(line, $"{line.Split(' ')[0]} ")!.Trim();

    /// <summary>The names after the first word: <c>AlterQuery db table (children 2)</c>, with nothing for a database that is not named.</summary>
    private static ObjectName? Subject(string line, string database)
    {
        var parts = SyntaxOutline.After(line, $"{line.Split(' ')[0]} ")!.Split(' ', 2);
        return parts is [var named, { Length: > 0 } table] ? new ObjectName(named.Length == 0 ? database : named, table.Trim()) : null;
    }

    [GeneratedRegex(@" (?<not>NOT )?(?<word>I?LIKE) '(?<pattern>[^']*)'", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Pattern();
}
