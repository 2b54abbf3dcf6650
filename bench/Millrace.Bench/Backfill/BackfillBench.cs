using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Millrace.Bench.Measuring;
using Millrace.Engine;

namespace Millrace.Bench.Backfill;

/// <summary>
/// Rebuilds a chain of three rollups while the stream runs, kills the runner at every boundary and servers in between, and
/// compares every key with the raw rows. Then what it costs, and that ways known to be wrong are seen to be wrong.
/// </summary>
public sealed partial class BackfillBench(BackfillOptions settings) : IBench
{
    private const double LeastRatio = 0.8;

    public string Name => "backfill";

    public string Summary => "a chain of rollups rebuilt under crashes while the stream runs: is it exact, and what does it cost";

    public IBench With(IReadOnlyList<string> options) => new BackfillBench(BackfillOptions.Parse(options));

    public bool Holds(JsonObject figures) =>
        figures["mismatched_keys"]!.GetValue<long>() == 0
        && figures["ratio_to_plain_insert_select"]!.GetValue<double>() >= LeastRatio
        && figures["ingest_slowdown"]!.GetValue<double>() >= LeastRatio
        && figures["caught"]!.AsObject().All(way => way.Value!.GetValue<long>() > 0);

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        using var folder = new ScratchFolder();
        await using var fleet = await BackfillFleet.UpAsync(settings, folder.Path, cancel);
        var watch = Stopwatch.StartNew();
        var proof = new BackfillProof(fleet, report);
        fleet.Flow();
        for (var seed = 0; seed < settings.Seeds; seed++)
            await proof.RunAsync(seed, cancel);
        await proof.PauseAsync(cancel);
        var caught = new JsonObject
        {
            ["no_cut"] = await CatchAsync("no-cut", null, writers: 2, TimeSpan.Zero, fleet, report, cancel),
            ["no_hash_check"] = await CatchAsync("no-check", "kill@/ATTACH PARTITION ALL FROM .*_stage_0_/", writers: 1, TimeSpan.FromMilliseconds(150), fleet, report, cancel),
        };
        await fleet.FillAsync(2 * BackfillProject.FirstOldId, settings.CostRows, cancel);
        var cost = await new BackfillCost(fleet, report).MeasureAsync(cancel);
        return new JsonObject
        {
            ["seeds"] = settings.Seeds,
            ["crashes"] = proof.Crashes,
            ["mismatched_keys"] = proof.WrongKeys,
            ["leftovers"] = proof.Leftovers,
            ["pause_ms"] = Percentiles([.. proof.Pauses.Concat(cost.Pauses)]),
            ["rows"] = settings.Rows + settings.CostRows,
            ["seconds"] = Math.Round(watch.Elapsed.TotalSeconds, 1),
            ["ratio_to_plain_insert_select"] = Math.Round(cost.Ratio, 2),
            ["ratio_at_rest"] = Math.Round(cost.RatioAtRest, 2),
            ["ingest_slowdown"] = Math.Round(cost.KeptRate, 2),
            ["caught"] = caught,
        };
    }

    /// <summary>Keys that are wrong after a way that is known to be wrong; 0 when luck hid it every time.</summary>
    private async Task<long> CatchAsync(string flaw, string? fault, int writers, TimeSpan gap, BackfillFleet fleet, TextWriter report, CancellationToken cancel)
    {
        for (var tries = 1; tries <= settings.Tries; tries++)
        {
            await fleet.ForgetAsync(cancel);
            var direct = new DirectLoad(fleet, writers, gap).Start();
            var (killed, _) = await fleet.MillraceAsync(fault, flaw, cancel, "backfill", "run", "hourly", "--cut", "quiet");
            if (killed)
                await fleet.MillraceAsync(null, flaw, cancel, "backfill", "resume");
            await direct.DisposeAsync();
            await fleet.RestAsync(cancel);
            var wrong = await fleet.WrongKeysAsync(cancel);
            fleet.Flow();
            await report.WriteLineAsync($"{flaw}: {wrong:N0} wrong keys, try {tries}");
            if (wrong > 0)
                return wrong;
        }

        return 0;
    }

    /// <summary>Times that consumers stood still, out of what a runner printed.</summary>
    internal static IEnumerable<double> PausesIn(string text) =>
        PauseLine().Matches(text).Select(match => double.Parse(match.Groups["ms"].ValueSpan, CultureInfo.InvariantCulture));

    private static JsonObject Percentiles(double[] pauses)
    {
        Array.Sort(pauses);
        return new JsonObject
        {
            ["count"] = pauses.Length,
            ["p50"] = pauses.Length == 0 ? 0 : pauses[pauses.Length / 2],
            ["max"] = pauses.Length == 0 ? 0 : pauses[^1],
        };
    }

    [GeneratedRegex(@"^consumers: paused for (?<ms>\d+) ms", RegexOptions.Multiline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PauseLine();
}
