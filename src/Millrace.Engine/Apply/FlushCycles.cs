using System.Diagnostics;
using System.Globalization;
using System.Text;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Apply;

/// <summary>
/// Consumers fix the SELECT of their views when a flush cycle begins. A view that got another SELECT has it for good
/// once every cycle that began before has ended: only then is the change done, and only then may storage be narrowed.
/// </summary>
internal sealed class FlushCycles(INodeConnection node)
{
    /// <summary>A cycle that lasts longer waits for storage, not for messages.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>A consumer is taken this long, at most, after its cycle has fixed the views.</summary>
    private const int HeadStartMicroseconds = 200_000;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Waits; what is wrong when cycles with the old SELECT are still running, null when none is.</summary>
    /// <exception cref="ServerErrorException">The server answered with an error.</exception>
    /// <exception cref="NodeUnreachableException">No usable answer came back.</exception>
    public async Task<string?> WaitAsync(IReadOnlyCollection<ObjectName> views)
    {
        var changed = await NumberAsync("SELECT toUnixTimestamp64Micro(now64(6))") + HeadStartMicroseconds;
        var watch = Stopwatch.StartNew();
        await Task.Delay(TimeSpan.FromMicroseconds(HeadStartMicroseconds));
        long running;
        while ((running = await NumberAsync(RunningQuery(views, changed))) > 0)
        {
            if (watch.Elapsed > Patience)
                return $"the SELECT is changed, but {running} consumer(s) are still in a flush cycle that began with the old one "
                    + $"{Patience.TotalSeconds:0} s ago: storage may not take its rows; see millrace status, then apply again";
            await Task.Delay(Pause);
        }

        return null;
    }

    private static string RunningQuery(IEnumerable<ObjectName> views, long changed) => $"""
        SELECT count() FROM system.kafka_consumers
        WHERE is_currently_used AND toUnixTimestamp64Micro(last_used) <= {changed} AND (database, table) IN (
            SELECT database, name FROM system.tables
            ARRAY JOIN dependencies_database AS view_database, dependencies_table AS view
            WHERE engine = 'Kafka' AND (view_database, view) IN ({string.Join(", ", views.Select(Pair))}))
        """;

    private static string Pair(ObjectName view) => $"({Quote.Text(view.Database)}, {Quote.Text(view.Name)})";

    private async Task<long> NumberAsync(string sql) =>
        long.Parse(Encoding.UTF8.GetString(await node.QueryAsync(sql)), CultureInfo.InvariantCulture);
}
