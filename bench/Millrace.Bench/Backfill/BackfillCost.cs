using System.Diagnostics;

namespace Millrace.Bench.Backfill;

/// <summary>What a backfill costs beside one plain INSERT SELECT of the same rows, which protects nothing, and what it costs the stream.</summary>
public sealed class BackfillCost(BackfillFleet fleet, TextWriter report)
{
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(8);

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
        var plain = await PlainAsync(cancel);
        await fleet.ForgetAsync(cancel);
        var undisturbed = await RateAsync(() => Task.Delay(Alone, cancel), cancel);
        var seconds = 0.0;
        var disturbed = await RateAsync(async () => seconds = await BackfillAsync(cancel), cancel);
        (Ratio, KeptRate) = (plain / seconds, Math.Min(1, disturbed / undisturbed));
        await report.WriteLineAsync(
            $"plain INSERT SELECT: {plain:0.00} s; backfill: {seconds:0.00} s; stream: {undisturbed:N0} rows/s alone, {disturbed:N0} rows/s beside the backfill");
        await fleet.RestAsync(cancel);
        var plainAtRest = await PlainAsync(cancel);
        await fleet.ForgetAsync(cancel);
        var atRest = await BackfillAsync(cancel);
        RatioAtRest = plainAtRest / atRest;
        await report.WriteLineAsync($"without a stream: plain INSERT SELECT: {plainAtRest:0.00} s; backfill: {atRest:0.00} s");
        fleet.Flow();
        return this;
    }

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

    private async Task<double> RateAsync(Func<Task> meanwhile, CancellationToken cancel)
    {
        var (since, before) = (Stopwatch.GetTimestamp(), await fleet.LiveRowsAsync(cancel));
        await meanwhile();
        return (await fleet.LiveRowsAsync(cancel) - before) / Stopwatch.GetElapsedTime(since).TotalSeconds;
    }
}
