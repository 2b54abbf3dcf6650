using System.Text.Json.Nodes;
using Millrace.Bench.Measuring;
using Millrace.Bench.Streaming;
using Millrace.Engine;

namespace Millrace.Bench.Isolation;

/// <summary>
/// What stateless ingestion is for: streams and queries that do not fight for the same cores. The storage node has one
/// core and the ingestion node another; a minute of lag is drained while producers go on, with and without a query storm.
/// </summary>
public sealed class IsolationBench : IBench
{
    private const int PerSecond = 4_000;
    private const int StorageCore = 0;
    private const int IngestionCore = 1;

    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(60);

    public string Name => "isolation";

    public string Summary => "a minute of lag drained in a query storm: Kafka tables on storage against the stateless tier, a core each";

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        if (Environment.ProcessorCount < 2)
            throw new UserErrorException("the bench isolation needs two cores");
        using var scratch = new ScratchFolder();
        (string Design, bool Storm)[] cases = [("classic", false), ("ours", false), ("classic", true), ("ours", true)];
        await using var cluster = await BenchCluster.StartAsync(scratch.Path, cases.Select(Topic), cancel);
        await PinnedProcess.PinAsync(cluster.ProcessOf(BenchCluster.Storage), StorageCore, cancel);
        await PinnedProcess.PinAsync(cluster.ProcessOf(BenchCluster.Ingestion), IngestionCore, cancel);
        await QueryStorm.PrepareAsync(cluster, cancel);
        report.WriteLine($"{PerSecond:N0} events a second, {Lag.TotalSeconds:0} s of them waiting; storage on core {StorageCore}, ingestion on core {IngestionCore}");

        var figures = new JsonObject { ["events_per_s"] = PerSecond, ["lag_s"] = Lag.TotalSeconds };
        foreach (var (name, storm) in cases)
        {
            var designs = new Designs(cluster, Topic((name, storm)));
            var design = name == "ours" ? designs.Ours : designs.Classic;
            var recovery = await new RecoveryRun(cluster, design, Topic((name, storm)), PerSecond, Lag).MeasureAsync(storm, cancel);
            report.WriteLine(
                $"{name,-8} {(storm ? "in a query storm" : "alone"),-18} {recovery.RowsPerSecond,8:N0} rows/s   drained in "
                + (recovery.DrainSeconds is { } seconds ? $"{seconds,5:0.0} s" : "  never")
                + (storm ? $"   {recovery.QueriesPerSecond,6:0.0} queries/s" : ""));
            figures[$"{name}_{(storm ? "storm" : "alone")}"] = Figures(recovery);
        }

        return figures;
    }

    private static string Topic((string Design, bool Storm) one) => $"{one.Design}_{(one.Storm ? "storm" : "alone")}";

    private static JsonObject Figures(Recovery recovery) => new()
    {
        ["rows_per_s"] = Math.Round(recovery.RowsPerSecond),
        ["drain_s"] = recovery.DrainSeconds is { } seconds ? Math.Round(seconds, 1) : null,
        ["queries_per_s"] = Math.Round(recovery.QueriesPerSecond, 2),
    };
}
