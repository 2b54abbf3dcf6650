using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Lineage;

/// <summary>Reads from one node what its tables hold and how its views do.</summary>
internal static class FiguresReader
{
    private const string PartsQuery = $"""
        SELECT database, name, sum(parts), max(parts), sum(rows), sum(bytes)
        FROM (SELECT database, table AS name, partition, count() AS parts, sum(rows) AS rows, sum(bytes_on_disk) AS bytes,
                false AS is_temporary FROM system.parts WHERE active GROUP BY database, table, partition)
        WHERE {Inventory.Scope} GROUP BY database, name FORMAT JSONCompactEachRow
        """;

    private const string HasViewLog = "SELECT count() FROM system.tables WHERE database = 'system' AND name = 'query_views_log' FORMAT JSONCompactEachRow";

    /// <summary>The log's name of a view is its whole name as SQL writes it.</summary>
    private const string ViewLogQuery = """
        SELECT database, name, minute, failures, last FROM (
          SELECT view_name, sumIf(written_rows, event_time > now() - 60) AS minute, countIf(exception_code != 0) AS failures,
            substring(toValidUTF8(argMaxIf(exception, event_time, exception_code != 0)), 1, 300) AS last
          FROM system.query_views_log WHERE event_date >= yesterday() AND event_time > now() - 600 GROUP BY view_name) AS log
        INNER JOIN (SELECT database, name FROM system.tables WHERE engine = 'MaterializedView') AS views
          ON log.view_name = concat(views.database, '.', views.name)
        FORMAT JSONCompactEachRow
        """;

    private const string RefreshQuery =
        "SELECT database, view, substring(toValidUTF8(exception), 1, 300) FROM system.view_refreshes WHERE exception != '' FORMAT JSONCompactEachRow";

    /// <returns>Readings, several of one object possibly.</returns>
    public static async Task<List<ObjectReading>> ReadAsync(INodeConnection node, CancellationToken cancel)
    {
        var readings = new List<ObjectReading>();
        Parts(await node.QueryAsync(PartsQuery, cancel: cancel), readings);
        if (Counts(await node.QueryAsync(HasViewLog, cancel: cancel)))
            Views(await node.QueryAsync(ViewLogQuery, cancel: cancel), readings);
        Refreshes(await node.QueryAsync(RefreshQuery, cancel: cancel), readings);
        return readings;
    }

    private static void Parts(byte[] answer, List<ObjectReading> readings)
    {
        var row = new RowReader(answer);
        while (row.NextRow())
            readings.Add(new ObjectReading(new ObjectName(row.Text(), row.Text()))
            {
                Parts = row.Integer(), PartsInPartition = row.Integer(), Rows = row.Integer(), Bytes = row.Integer(),
            });
    }

    private static bool Counts(byte[] answer)
    {
        var row = new RowReader(answer);
        return row.NextRow() && row.Integer() > 0;
    }

    private static void Views(byte[] answer, List<ObjectReading> readings)
    {
        var row = new RowReader(answer);
        while (row.NextRow())
            readings.Add(new ObjectReading(new ObjectName(row.Text(), row.Text()))
            {
                WrittenInMinute = row.Integer(), Failures = row.Integer(), LastError = row.Text(),
            });
    }

    private static void Refreshes(byte[] answer, List<ObjectReading> readings)
    {
        var row = new RowReader(answer);
        while (row.NextRow())
            readings.Add(new ObjectReading(new ObjectName(row.Text(), row.Text())) { LastError = row.Text() });
    }
}
