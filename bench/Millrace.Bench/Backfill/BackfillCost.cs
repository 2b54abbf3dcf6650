using System.Diagnostics;

namespace Millrace.Bench.Backfill;

/// <summary>What a backfill costs beside one plain INSERT SELECT of the same rows, which protects nothing, and what it costs the stream.</summary>
public sealed class BackfillCost(BackfillFleet fleet, TextWriter report)
{
    /// <summary>One alone says little: what else a machine does makes a round longer by half.</summary>
    private const int Rounds = 5;

    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(16);

    /// <summary>Seconds of the plain statement by seconds of the backfill.</summary>
    public double Ratio { get; private set; }

    /// <summary>The same while nothing else runs: live rows are aggregated twice during a backfill, which few cores feel.</summary>
    public double RatioAtRest { get; private set; }

    /// <summary>The stream's rate during the backfill by its rate before.</summary>
    public double KeptRate { get; private set; }

    public List<double> Pauses { get; } = [];

    public async Task<BackfillCost> MeasureAsync(CancellationToken cancel)
    {
        await fleet.CalmAsync(cancel); // For cutting between INSERTs, many small ones are the harder case; what it costs is asked of a fleet as it should be.
        var (rows, seconds) = await CountAsync(() => Task.Delay(Alone, cancel), cancel);
        var undisturbed = rows / seconds;
        (Ratio, KeptRate) = await CompareAsync("beside a stream", cancel);
        KeptRate = Math.Min(1, KeptRate / undisturbed);
        await report.WriteLineAsync($"stream: {undisturbed:N0} rows/s alone, {KeptRate:0.00} of it beside backfills");
        await fleet.RestAsync(cancel);
        (RatioAtRest, _) = await CompareAsync("without a stream", cancel);
        fleet.Flow();
        return this;
    }

    /// <returns>The ratio of the medians of some rounds, in which both take turns; and the stream's rows per second beside all backfills: flushes are too far apart to ask one.</returns>
    private async Task<(double Ratio, double Rate)> CompareAsync(string circumstance, CancellationToken cancel)
    {
        var (plain, ours, landed, seconds) = (new double[Rounds], new double[Rounds], 0L, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            plain[round] = await PlainAsync(cancel);
            await fleet.ForgetAsync(cancel);
            var (rows, took) = await CountAsync(async () => ours[round] = await BackfillAsync(cancel), cancel);
            (landed, seconds) = (landed + rows, seconds + took);
            await report.WriteLineAsync($"{circumstance}: plain INSERT SELECT {plain[round]:0.00} s, backfill {ours[round]:0.00} s");
        }

        return (Median(plain) / Median(ours), landed / seconds);
    }

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    /// <summary>One statement on each shard, all shards at once; the rollups below are filled by their views.</summary>
    private async Task<double> PlainAsync(CancellationToken cancel)
    {
        await fleet.ForgetAsync(cancel);
        var since = Stopwatch.GetTimestamp();
        await Task.WhenAll(fleet.Storage.Select(node => fleet.ExecuteAsync(
            node,
            """
            INSERT INTO fill.sharded_hourly
            SELECT toStartOfHour(time) AS hour, team, countState() AS events, sumSimpleState(e.amount) AS amount, uniqState(user) AS users, maxSimpleState(e.amount) AS largest
            FROM fill.sharded_events AS e GROUP BY hour, team
            SETTINGS max_partitions_per_insert_block = 0
            """,
            cancel)));
        return Stopwatch.GetElapsedTime(since).TotalSeconds;
    }

    private async Task<double> BackfillAsync(CancellationToken cancel)
    {
        var (_, text) = await fleet.MillraceAsync(null, null, cancel, "backfill", "run", "hourly", "--json");
        Pauses.AddRange(BackfillBench.PausesIn(text));
        // Warnings about the declaration are in the text as well, on standard error.
        var seconds = System.Text.RegularExpressions.Regex.Match(text, """
            "seconds":\s*([0-9.]+)
            """.Trim(), System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(5));
        return double.Parse(seconds.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Rows of the stream that land meanwhile, and the seconds that it takes.</summary>
    private async Task<(long Rows, double Seconds)> CountAsync(Func<Task> meanwhile, CancellationToken cancel)
    {
        var (since, before) = (Stopwatch.GetTimestamp(), await fleet.LiveRowsAsync(cancel));
        await meanwhile();
        return (await fleet.LiveRowsAsync(cancel) - before, Stopwatch.GetElapsedTime(since).TotalSeconds);
    }
}
