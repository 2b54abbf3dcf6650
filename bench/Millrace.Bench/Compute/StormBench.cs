using System.Diagnostics;
using System.Text.Json.Nodes;
using Millrace.Engine;
using Millrace.Engine.Nodes;

namespace Millrace.Bench.Compute;

/// <summary>
/// Response times of a dashboard while the other layer, and for contrast its own, is flooded with heavy queries. The
/// dashboards' node and storage share one core, the other layer's node has the other.
/// </summary>
internal static class StormBench
{
    private static string Dashboard(int user) =>
        $"SELECT toDate(ts) AS day, sum(value) FROM b.events WHERE user_id = {user} GROUP BY day ORDER BY day";

    /// <summary>Heavy where it is computed: the rows it reads from storage are few.</summary>
    private const string Heavy =
        "SELECT uniqExact(sipHash64(e.user_id, n.number)), max(sipHash128(e.value, n.number)) FROM (SELECT user_id, value FROM b.events WHERE user_id < 20) AS e CROSS JOIN (SELECT number FROM numbers(20000)) AS n";

    private const int Storms = 3;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(15);

    public static async Task<JsonObject> RunAsync(ComputeCluster cluster, TextWriter report, CancellationToken cancel)
    {
        foreach (var node in cluster.Nodes)
            Pin(cluster.ProcessOf(node), node == ComputeCluster.Monitoring ? 1 : 0);
        report.WriteLine($"{"dashboard queries",-36} {"count",7} {"p50",9} {"p99",9}");
        var figures = new JsonObject
        {
            ["quiet"] = await MeasureAsync(cluster, "without a storm", null, report, cancel),
            ["storm_on_other_layer"] = await MeasureAsync(cluster, "storm on the layer monitoring", ComputeCluster.Monitoring, report, cancel),
            ["storm_on_same_layer"] = await MeasureAsync(cluster, "storm on the layer itself", ComputeCluster.Dashboards, report, cancel),
        };
        report.WriteLine();
        return figures;
    }

    private static async Task<JsonObject> MeasureAsync(
        ComputeCluster cluster, string what, string? stormOn, TextWriter report, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var heavy = 0;
        var storm = stormOn is null ? [] : Enumerable.Range(0, Storms).Select(_ => FloodAsync(stormOn)).ToArray();
        var times = new List<double>();
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Each;)
        {
            var asked = Stopwatch.GetTimestamp();
            await cluster.AskAsync(
                ComputeCluster.Dashboards, Dashboard(times.Count * 7919 % 400_000),
                new StatementOptions { Settings = cluster.LayerSettings }, cancel);
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(5, cancel);
        }

        await stop.CancelAsync();
        await Task.WhenAll(storm);
        times.Sort();
        var (p50, p99) = (times[times.Count / 2], times[times.Count * 99 / 100]);
        report.WriteLine($"{what,-36} {times.Count,7} {p50,6:0.0} ms {p99,6:0.0} ms{(heavy > 0 ? $"   {heavy} heavy queries meanwhile" : "")}");
        return new JsonObject { ["queries"] = times.Count, ["p50_ms"] = Math.Round(p50, 2), ["p99_ms"] = Math.Round(p99, 2), ["heavy_queries"] = heavy };

        async Task FloodAsync(string node)
        {
            while (!stop.IsCancellationRequested)
            {
                // A heavy query is let finish: cancelling a connection would leave it running on the server.
                await cluster.AskAsync(node, Heavy, new StatementOptions { Settings = cluster.LayerSettings.SetItem("max_threads", "1") }, cancel);
                Interlocked.Increment(ref heavy);
            }
        }
    }

    /// <summary>All threads of a process, and those that they start.</summary>
    private static void Pin(int process, int core)
    {
        var start = new ProcessStartInfo("taskset", ["-a", "-c", "-p", $"{core}", $"{process}"]) { RedirectStandardOutput = true, UseShellExecute = false };
        using var taskset = Process.Start(start) ?? throw new UserErrorException("taskset (util-linux) could not be started");
        taskset.StandardOutput.ReadToEnd();
        taskset.WaitForExit();
        if (taskset.ExitCode != 0)
            throw new UserErrorException($"taskset could not pin process {process} to core {core}: two cores are needed");
    }
}
