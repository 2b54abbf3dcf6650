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
    /// <summary>Heavy where it is computed: the rows it reads from storage are few.</summary>
    private const string Heavy =
        "SELECT uniqExact(sipHash64(e.user_id, n.number)), max(sipHash128(e.value, n.number)) FROM (SELECT user_id, value FROM b.events WHERE user_id < 20) AS e CROSS JOIN (SELECT number FROM numbers(4000)) AS n";

    private const int Storms = 3;

    /// <summary>The three cases take turns, so that whatever else this machine does falls on all of them.</summary>
    private const int Rounds = 5;

    private static readonly TimeSpan Each = TimeSpan.FromSeconds(4);

    private static readonly (string Figure, string Words, string? StormOn)[] Cases =
    [
        ("quiet", "without a storm", null),
        ("storm_on_other_layer", "storm on the layer monitoring", ComputeCluster.Monitoring),
        ("storm_on_same_layer", "storm on the layer itself", ComputeCluster.Dashboards),
    ];

    public static async Task<JsonObject> RunAsync(ComputeCluster cluster, TextWriter report, CancellationToken cancel)
    {
        foreach (var node in cluster.Nodes)
            Pin(cluster.ProcessOf(node), node == ComputeCluster.Monitoring ? 1 : 0);
        Pin(Environment.ProcessId, 0); // The clients are the dashboards'.
        var times = Cases.ToDictionary(item => item.Figure, _ => new List<double>());
        var heavy = Cases.ToDictionary(item => item.Figure, _ => 0);
        for (var round = 0; round < Rounds; round++)
            foreach (var item in Cases)
                heavy[item.Figure] += await MeasureAsync(cluster, item.StormOn, times[item.Figure], cancel);

        var figures = new JsonObject();
        report.WriteLine($"{"dashboard queries",-32} {"count",7} {"p50",9} {"p99",9} {"heavy queries meanwhile",24}");
        foreach (var (figure, words, _) in Cases)
        {
            var sorted = times[figure].Order().ToList();
            var (p50, p99) = (sorted[sorted.Count / 2], sorted[sorted.Count * 99 / 100]);
            report.WriteLine($"{words,-32} {sorted.Count,7} {p50,6:0.0} ms {p99,6:0.0} ms {heavy[figure],24}");
            figures[figure] = new JsonObject
            {
                ["queries"] = sorted.Count, ["p50_ms"] = Math.Round(p50, 2), ["p99_ms"] = Math.Round(p99, 2), ["heavy_queries"] = heavy[figure],
            };
        }

        report.WriteLine();
        return figures;
    }

    private static string Dashboard(int user) =>
        $"SELECT toDate(ts) AS day, sum(value) FROM b.events WHERE user_id = {user} GROUP BY day ORDER BY day";

    /// <returns>The heavy queries that ran meanwhile.</returns>
    private static async Task<int> MeasureAsync(ComputeCluster cluster, string? stormOn, List<double> times, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var heavy = 0;
        var storm = stormOn is null ? [] : Enumerable.Range(0, Storms).Select(_ => FloodAsync(stormOn)).ToArray();
        for (var started = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(started) < Each;)
        {
            var asked = Stopwatch.GetTimestamp();
            await cluster.AskAsync(
                ComputeCluster.Dashboards, Dashboard(user: times.Count * 7919 % 400_000), new StatementOptions { Settings = cluster.LayerSettings }, cancel);
            times.Add(Stopwatch.GetElapsedTime(asked).TotalMilliseconds);
            await Task.Delay(5, cancel);
        }

        await stop.CancelAsync();
        await Task.WhenAll(storm);
        return heavy;

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
