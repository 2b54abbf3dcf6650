using System.Collections.Immutable;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.ServerConfig;

/// <summary>Statements about named collections. Those that create or alter one hold secrets: they are sent, and never shown.</summary>
public static class CollectionSql
{
    /// <summary>The collections of a node with where each comes from: <c>SQL</c> or <c>CONFIG</c>.</summary>
    public const string List = "SELECT name, source FROM system.named_collections FORMAT JSONCompactEachRow";

    public static string Create(NamedCollection collection) =>
        $"CREATE NAMED COLLECTION IF NOT EXISTS {Quote.Name(collection.Name)} AS {Values(collection)}";

    public static string Alter(NamedCollection collection) =>
        $"ALTER NAMED COLLECTION {Quote.Name(collection.Name)} SET {Values(collection)}";

    /// <summary>Names of the tables that read collections when they are created.</summary>
    public static string Dependents(string database) => $"""
        SELECT name FROM system.tables
        WHERE database = {Quote.Text(database)} AND engine IN ('Kafka', 'PostgreSQL')
        ORDER BY name FORMAT JSONCompactEachRow
        """;

    /// <summary>
    /// A table takes what a collection says when it is created, and these hold no rows: made anew, a consumer goes on where
    /// its group stands. A block that is under way would lose its messages with the producer that it began with, so consumers go
    /// before any producer, and come back last.
    /// </summary>
    /// <param name="all">The <see cref="Dependents"/> of a node.</param>
    /// <returns>The tables that read the collection, and the statements.</returns>
    public static (ImmutableArray<ObjectShape> Remade, ImmutableArray<string> Statements) Anew(string collection, IReadOnlyCollection<ObjectShape> all)
    {
        var remade = all.Where(table => CollectionOf(table.EngineFull) == collection).ToImmutableArray();
        var isProducing = remade.Any(table => table.Engine == "Kafka" && EngineTraits.IsDoor(table));
        var resting = all.Where(table => !EngineTraits.IsDoor(table) && (isProducing || remade.Contains(table))).ToImmutableArray();
        return (
            remade,
            [
                .. resting.Select(table => DropSql.Of(table.Name)),
                .. remade.Except(resting).SelectMany(table => new[] { DropSql.Of(table.Name), table.CreateQuery }),
                .. resting.Select(table => table.CreateQuery),
            ]);
    }

    /// <summary>The collection that an engine clause names; null when it names none.</summary>
    public static string? CollectionOf(string engineFull)
    {
        var open = engineFull.IndexOf('(', StringComparison.Ordinal);
        var end = open < 0 ? -1 : engineFull.IndexOfAny([',', ')'], open);
        var first = end < 0 ? "" : engineFull[(open + 1)..end].Trim();
        return first.Length == 0 || first[0] == '\'' ? null : first.Trim('`');
    }

    private static string Values(NamedCollection collection) =>
        string.Join(", ", collection.Entries.Select(entry => $"{Quote.Name(entry.Key)} = {Quote.Text(entry.Value.Reveal())}"));
}
