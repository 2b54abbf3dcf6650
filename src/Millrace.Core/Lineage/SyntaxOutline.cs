using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Lineage;

/// <summary>What <c>EXPLAIN AST</c> says of a CREATE statement that the engine can parse but not create.</summary>
/// <param name="Reads">Tables that its SELECT names, the first one first; names of subqueries may be among them.</param>
public sealed record SyntaxOutline(
    ObjectName Name, NodeKind Kind, string Engine, ImmutableArray<string> Columns, ImmutableArray<ObjectName> Reads)
{
    private const string Identifier = "Identifier ";
    private const string TableIdentifier = "TableIdentifier ";
    private const string Column = "ColumnDeclaration ";
    internal const string Function = "Function ";

    /// <summary>Null for anything but a CREATE of an object.</summary>
    /// <param name="database">Where names without a database belong.</param>
    public static SyntaxOutline? Read(string text, string database)
    {
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (lines.Length == 0 || !lines[0].StartsWith("CreateQuery ", StringComparison.Ordinal))
            return null;
        var name = lines.Skip(1).TakeWhile(line => line.StartsWith($" {Identifier}", StringComparison.Ordinal)).Select(line => line[(Identifier.Length + 1)..]).ToList();
        if (name.Count is 0 or > 2)
            return null;
        var engine = EngineIn(lines) ?? "";
        var hasSelect = Array.Exists(lines, line => line.TrimStart().StartsWith("SelectWithUnionQuery", StringComparison.Ordinal));
        var hasTarget = Array.Exists(lines, line => line.TrimStart().StartsWith("ViewTargets", StringComparison.Ordinal));
        return new SyntaxOutline(
            Full(string.Join('.', name), database),
            hasTarget ? NodeKind.View : hasSelect ? NodeKind.Query : LineageBuilder.KindOf(engine),
            hasTarget ? "MaterializedView" : hasSelect ? "View" : engine,
            [.. lines.Select(line => After(line, Column)).OfType<string>()],
            ReadsIn(text, database));
    }

    /// <summary>The engine of a table or of a view's inner one; null where none is named.</summary>
    internal static string? EngineIn(string[] lines)
    {
        var storage = Array.FindIndex(lines, line => line.TrimStart().StartsWith("Storage definition", StringComparison.Ordinal));
        return storage < 0 ? null : lines.Skip(storage + 1).Select(line => After(line, Function)).FirstOrDefault(found => found is not null);
    }

    /// <summary>Tables that a SELECT names, the first one first; names of subqueries may be among them.</summary>
    public static ImmutableArray<ObjectName> ReadsIn(string text, string database) =>
        [.. text.Split('\n').Select(line => After(line, TableIdentifier)).OfType<string>().Select(found => Full(found, database)).Distinct()];

    private static ObjectName Full(string name, string database) =>
        name.Split('.', 2) is [var first, var second] ? new ObjectName(first, second) : new ObjectName(database, name);

    /// <summary>What a line says after its word, without <c>(alias x)</c> and <c>(children 2)</c>.</summary>
    internal static string? After(string line, string word)
    {
        var text = line.TrimStart();
        if (!text.StartsWith(word, StringComparison.Ordinal))
            return null;
        var end = text.IndexOf(" (", word.Length, StringComparison.Ordinal);
        return end < 0 ? text[word.Length..] : text[word.Length..end];
    }
}
