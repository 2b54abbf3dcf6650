using System.Collections.Immutable;
using System.Globalization;
using Millrace.Core.Databases;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Databases;

/// <summary>
/// Reads the catalog of a Postgres through a ClickHouse node. Only tables of the catalog: of its views ClickHouse cannot tell the dimensions of
/// arrays and refuses them. Conditions are on literals, which ClickHouse hands over to Postgres.
/// </summary>
internal sealed class PostgresCatalog(INodeConnection node, string collection)
{
    /// <summary>Ordinary, partitioned, foreign; view, materialized view.</summary>
    private const string Relations = "('r', 'p', 'f', 'v', 'm')";

    private const string VarChar = "1043", Char = "1042", Instant = "1184";

    /// <summary>Postgres counts a length with the four bytes before the text.</summary>
    private const int LengthHeader = 4;

    public async Task<ImmutableArray<PostgresTable>> ReadAsync(ImmutableArray<string> names, CancellationToken cancel)
    {
        var tables = ParseTables(await node.QueryAsync(
            $"""
            SELECT tables.oid, schemas.nspname, tables.relname, tables.relkind
            FROM (SELECT oid, relname, relnamespace, relkind FROM {Catalog("pg_class")} WHERE relname IN ({Texts(names)})) AS tables
            INNER JOIN (SELECT oid, nspname FROM {Catalog("pg_namespace")}) AS schemas ON schemas.oid = tables.relnamespace
            WHERE tables.relkind IN {Relations}
            ORDER BY 2, 3
            FORMAT JSONCompactEachRow
            """,
            cancel: cancel));
        if (tables.Count == 0)
            return [];
        var ids = Texts(tables.Select(table => table.Id));
        var columns = ParseColumns(await node.QueryAsync(
            $"""
            SELECT attrelid, attnum, attname, atttypid, atttypmod, attnotnull AND NOT atthasdef AND empty(attidentity)
            FROM {Catalog("pg_attribute")}
            WHERE attrelid IN ({ids}) AND attnum > 0 AND NOT attisdropped
            ORDER BY attrelid, attnum
            FORMAT JSONCompactEachRow
            """,
            cancel: cancel));
        // ON CONFLICT means no index that is partial, deferred or not whole yet.
        var indexes = ParseIndexes(await node.QueryAsync(
            $"""
            SELECT indrelid, indnkeyatts, toString(indkey)
            FROM {Catalog("pg_index")}
            WHERE indrelid IN ({ids}) AND indisunique AND indisvalid AND indimmediate AND indpred IS NULL
            FORMAT JSONCompactEachRow
            """,
            cancel: cancel));
        return
        [
            .. tables.Select(table => new PostgresTable(
                table.Schema,
                table.Name,
                IsPlain: table.Kind == "r",
                [.. columns.Where(column => column.Table == table.Id).Select(column => column.Column)],
                table.Kind is not ("r" or "p") ? null : [.. indexes.Where(index => index.Table == table.Id).Select(index => Names(columns, index))])),
        ];
    }

    /// <summary>Of a point in time ClickHouse gets the wall clock of the session's zone, and reads it as its own.</summary>
    public async Task<SessionZone?> ReadZoneAsync(CancellationToken cancel)
    {
        try
        {
            return ParseZone(await node.QueryAsync(
                $"SELECT dateDiff('second', now64(), max(query_start)), timeZoneOffset(now()) FROM {Catalog("pg_stat_activity")} FORMAT JSONCompactEachRow", cancel: cancel));
        }
        catch (ServerErrorException)
        {
            return null; // A view, which another version may have otherwise.
        }
    }

    private static SessionZone? ParseZone(byte[] answer)
    {
        var row = new RowReader(answer);
        return row.NextRow() ? SessionZone.Of(TimeSpan.FromSeconds(row.Integer()), TimeSpan.FromSeconds(row.Integer())) : null;
    }

    private string Catalog(string table) =>
        $"postgresql({Quote.Name(collection)}, `table` = {Quote.Text(table)}, schema = 'pg_catalog')";

    private static string Texts(IEnumerable<string> values) => string.Join(", ", values.Select(Quote.Text));

    /// <summary>An expression has the number 0, which no column has: such an index is over no set of columns.</summary>
    private static ImmutableArray<string> Names(List<(string Table, int Number, PostgresColumn Column)> columns, (string Table, ImmutableArray<int> Numbers) index) =>
    [
        .. index.Numbers.Select(number => columns.Where(column => column.Table == index.Table && column.Number == number)
            .Select(column => column.Column.Name).FirstOrDefault("")),
    ];

    private static List<(string Id, string Schema, string Name, string Kind)> ParseTables(byte[] answer)
    {
        var tables = new List<(string, string, string, string)>();
        var row = new RowReader(answer);
        while (row.NextRow())
            tables.Add((row.Text(), row.Text(), row.Text(), row.Text()));
        return tables;
    }

    private static List<(string Table, int Number, PostgresColumn Column)> ParseColumns(byte[] answer)
    {
        var columns = new List<(string, int, PostgresColumn)>();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            var (table, number, name, type, length) = (row.Text(), (int)row.Integer(), row.Text(), row.Text(), (int)row.Integer());
            columns.Add((table, number, new PostgresColumn(name, row.Flag(), type is VarChar or Char && length > LengthHeader ? length - LengthHeader : null, type == Instant)));
        }

        return columns;
    }

    private static List<(string Table, ImmutableArray<int> Numbers)> ParseIndexes(byte[] answer)
    {
        var indexes = new List<(string, ImmutableArray<int>)>();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            var (table, keys, numbers) = (row.Text(), (int)row.Integer(), row.Text());
            // Those after the keys are only carried along (INCLUDE).
            indexes.Add((table, [.. numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(keys).Select(number => int.Parse(number, CultureInfo.InvariantCulture))]));
        }

        return indexes;
    }
}
