using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Databases;

/// <summary>What to run in Postgres so that a sink's rows fit: Millrace writes into a table and never changes it.</summary>
internal static class PostgresDdl
{
    public static string CreateTable(Pipeline pipeline, PostgresSink sink)
    {
        var lines = sink.Columns.Select(column => $"    {Column(pipeline, sink, column)}{(sink.Keys.Contains(column) ? " NOT NULL" : "")}")
            .Append($"    UNIQUE ({Names(sink.Keys)})");
        return $"CREATE TABLE {Table(sink.Schema, sink.Table)} (\n{string.Join(",\n", lines)}\n);";
    }

    public static string AddColumns(Pipeline pipeline, PostgresSink sink, PostgresTable table, IEnumerable<string> columns) =>
        $"ALTER TABLE {Table(table.Schema, table.Name)} {string.Join(", ", columns.Select(column => $"ADD COLUMN {Column(pipeline, sink, column)}"))};";

    /// <summary>Beside writers where that can be: an index that is being built otherwise holds up every one of them.</summary>
    public static string CreateIndex(PostgresTable table, ImmutableArray<string> keys) =>
        $"CREATE UNIQUE INDEX {(table.IsPlain ? "CONCURRENTLY " : "")}ON {Table(table.Schema, table.Name)} ({Names(keys)});";

    public static string DropNotNull(PostgresTable table, IEnumerable<string> columns) =>
        $"ALTER TABLE {Table(table.Schema, table.Name)} {string.Join(", ", columns.Select(column => $"ALTER COLUMN {Quote.PostgresName(column)} DROP NOT NULL"))};";

    /// <summary>Sessions that are open keep their zone; one that is ended is opened anew, and its block is written again.</summary>
    public static string SessionsInUtc(string? user) =>
        $"ALTER ROLE {(user is null ? "CURRENT_USER" : Quote.PostgresName(user))} SET timezone = 'UTC';\n"
        + $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = {(user is null ? "CURRENT_USER" : $"'{user.Replace("'", "''", StringComparison.Ordinal)}'")} AND pid <> pg_backend_pid();";

    private static string Column(Pipeline pipeline, PostgresSink sink, string name)
    {
        var type = new RowLayout(pipeline).Stream.FirstOrDefault(column => column.Name == name)?.Type ?? "String";
        return $"{Quote.PostgresName(name)} {(sink.Longest.TryGetValue(name, out var longest) ? $"varchar({longest})" : TypeOf(type))}";
    }

    private static string Table(string? schema, string name) =>
        schema is null ? Quote.PostgresName(name) : $"{Quote.PostgresName(schema)}.{Quote.PostgresName(name)}";

    private static string Names(IEnumerable<string> columns) => string.Join(", ", columns.Select(Quote.PostgresName));

    /// <summary>The type that holds every value of a ClickHouse type.</summary>
    private static string TypeOf(string type)
    {
        if ((TypeText.Unwrap(type, "LowCardinality") ?? TypeText.Unwrap(type, "Nullable")) is { } inner)
            return TypeOf(inner);
        if (TypeText.Unwrap(type, "Array") is { } item)
            return $"{TypeOf(item)}[]";
        if (TypeText.Unwrap(type, "Decimal") is { } digits)
            return $"numeric({digits})";
        return type.Split('(', 2)[0].Trim() switch
        {
            "Int8" or "UInt8" or "Int16" => "smallint",
            "UInt16" or "Int32" => "integer",
            "UInt32" or "Int64" => "bigint",
            "UInt64" or "Int128" or "UInt128" or "Int256" or "UInt256" => "numeric",
            "Float32" => "real",
            "Float64" => "double precision",
            "Bool" => "boolean",
            "UUID" => "uuid",
            "Date" or "Date32" => "date",
            "DateTime" or "DateTime64" => "timestamptz",
            _ => "text",
        };
    }
}
