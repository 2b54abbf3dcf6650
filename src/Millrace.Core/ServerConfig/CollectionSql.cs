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

    /// <summary>Tables that read collections when they are created, with their whole definition, and which way messages go: 1 for a Kafka table that produces.</summary>
    public static string Dependents(string database) => $"""
        SELECT name, engine, engine_full, create_table_query,
          engine = 'Kafka' AND name IN (SELECT table FROM system.columns WHERE database = {Quote.Text(database)} AND name = '_key') FROM system.tables
        WHERE database = {Quote.Text(database)} AND engine IN ('Kafka', 'PostgreSQL')
        ORDER BY name FORMAT JSONCompactEachRow
        """;

    /// <summary>
    /// A table takes what a collection says when it is created, and these hold no rows: made anew, a consumer goes on where
    /// its group stands.
    /// </summary>
    public static string Drop(ObjectName table) => $"DROP TABLE IF EXISTS {Quote.Name(table)} SYNC";

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
