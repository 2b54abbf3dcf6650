using System.Diagnostics;

namespace Millrace.Bench.Propdefs;

/// <summary>Lets one way carry all events into a table of its own, and measures it.</summary>
internal sealed class WayRun(PropdefsCluster cluster, IWay way, int events)
{
    private const string Deadlocks = "SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()";

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Sessions tell their counters at most once a second.</summary>
    private static readonly TimeSpan CountersAreLate = TimeSpan.FromSeconds(1.5);

    public async Task<WayFigures> MeasureAsync(CancellationToken cancel)
    {
        await CreateTableAsync(cancel);
        var deadlocks = await cluster.SqlAsync<long>(Deadlocks, cancel);
        await using var locks = new LockSampler(cluster);
        await way.StartAsync(cancel);
        var watch = Stopwatch.StartNew();
        for (; !await way.HasBegunAsync(cancel); await Task.Delay(Pause, cancel))
            if (watch.Elapsed > Patience)
                throw new InvalidOperationException($"{way.Name} reads nothing; does the broker live?");
        watch.Restart();
        var drained = await IsDrainedAsync(cancel);
        for (; !drained && watch.Elapsed < Patience; drained = await IsDrainedAsync(cancel))
            await Task.Delay(Pause, cancel);
        double? seconds = drained ? watch.Elapsed.TotalSeconds : null;
        var waited = await locks.StopAsync();
        await way.StopAsync(cancel);
        await Task.Delay(CountersAreLate, cancel);
        return new WayFigures(
            await cluster.SqlAsync<long>($"SELECT last_value FROM {way.Name}_sent", cancel),
            waited,
            await cluster.SqlAsync<long>(Deadlocks, cancel) - deadlocks,
            seconds,
            await cluster.SqlAsync<long>($"SELECT count(*) FROM {way.Name}", cancel),
            await cluster.SqlAsync<string>(
                $"SELECT md5(string_agg(concat_ws('|', project_id, event, property, property_type, \"timestamp\"), ',' ORDER BY project_id, event, property)) FROM {way.Name}", cancel));
    }

    /// <summary>The default of the last column is evaluated for every row that is sent, whether it is written or not.</summary>
    private Task CreateTableAsync(CancellationToken cancel) => cluster.ExecuteSqlAsync(
        $"""
        CREATE SEQUENCE {way.Name}_sent;
        CREATE TABLE {way.Name} (
            project_id bigint NOT NULL, event varchar(400) NOT NULL, property varchar(400) NOT NULL, property_type text NOT NULL,
            "timestamp" timestamptz NOT NULL, sent bigint NOT NULL DEFAULT nextval('{way.Name}_sent'), UNIQUE (project_id, event, property))
        """,
        cancel);

    /// <summary>A re-keyed topic is complete once its source is drained.</summary>
    private async Task<bool> IsDrainedAsync(CancellationToken cancel)
    {
        foreach (var (topic, group) in way.Reads)
        {
            var (all, waiting) = await cluster.ProgressAsync(topic, group, cancel);
            if (all < events || waiting > 0)
                return false;
        }

        return true;
    }
}
