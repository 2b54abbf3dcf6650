using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>What Postgres does with a row whose key it has already: it writes only what changes.</summary>
internal static class PostgresUpsert
{
    public static string OnConflict(PostgresSink sink)
    {
        var conflict = $"ON CONFLICT ({string.Join(", ", sink.Keys.Select(Quote.PostgresName))})";
        if (sink.Update.IsEmpty)
            return $"{conflict} DO NOTHING";
        var set = sink.Update.Select(column => $"{Quote.PostgresName(column.Name)} = {New(sink, column)}");
        var changes = sink.Update.Select(column => $"{Old(sink, column)} IS DISTINCT FROM {New(sink, column)}");
        return $"{conflict} DO UPDATE SET {string.Join(", ", set)} WHERE {string.Join(" OR ", changes)}";
    }

    private static string Old(PostgresSink sink, UpdatedColumn column) => $"{Quote.PostgresName(sink.Table)}.{Quote.PostgresName(column.Name)}";

    /// <summary>GREATEST and LEAST pass over NULL.</summary>
    private static string New(PostgresSink sink, UpdatedColumn column)
    {
        var given = $"EXCLUDED.{Quote.PostgresName(column.Name)}";
        return column.Rule switch
        {
            UpdateRule.Max => $"GREATEST({Old(sink, column)}, {given})",
            UpdateRule.Min => $"LEAST({Old(sink, column)}, {given})",
            _ => given,
        };
    }
}
