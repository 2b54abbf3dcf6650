using System.Diagnostics;
using System.Text.Json.Nodes;
using Millrace.Engine.Nodes;

namespace Millrace.Bench.Compute;

/// <summary>Which part of a query's CPU is spent on the query node, and which on storage nodes.</summary>
internal static class SplitBench
{
    private const int Rounds = 3;

    public static async Task<JsonObject> RunAsync(ComputeCluster cluster, TextWriter report, CancellationToken cancel)
    {
        var figures = new JsonObject();
        report.WriteLine($"{"query",-28} {"settings",-10} {"query node",11} {"storage",9} {"query share",12} {"time",9}");
        foreach (var shape in QueryShape.All)
        {
            var byProfile = new JsonObject();
            foreach (var (name, settings) in new[] { ("default", new Dictionary<string, string>()), ("layer", cluster.LayerSettings.ToDictionary()) })
                byProfile[name] = await MeasureAsync(cluster, shape, name, settings, report, cancel);
            figures[shape.Name] = byProfile;
        }

        report.WriteLine();
        return figures;
    }

    private static async Task<JsonObject> MeasureAsync(
        ComputeCluster cluster, QueryShape shape, string profile, Dictionary<string, string> settings, TextWriter report, CancellationToken cancel)
    {
        var rounds = new List<(double Query, double Storage, double Elapsed)>();
        await cluster.AskAsync(ComputeCluster.Dashboards, shape.Sql, new StatementOptions { Settings = settings }, cancel); // Caches are warm.
        for (var round = 0; round < Rounds; round++)
        {
            var id = $"{shape.Name}-{profile}-{round}";
            var started = Stopwatch.GetTimestamp();
            await cluster.AskAsync(ComputeCluster.Dashboards, shape.Sql, new StatementOptions { Settings = settings, QueryId = id }, cancel);
            var elapsed = Stopwatch.GetElapsedTime(started).TotalMilliseconds;
            var storage = await cluster.CpuOfAsync("data-1", id, cancel) + await cluster.CpuOfAsync("data-2", id, cancel);
            rounds.Add((await cluster.CpuOfAsync(ComputeCluster.Dashboards, id, cancel), storage, elapsed));
        }

        var (query, stored, time) = rounds.OrderBy(round => round.Query + round.Storage).ElementAt(Rounds / 2);
        var share = query / (query + stored);
        report.WriteLine($"{shape.Name,-28} {profile,-10} {query,9:0.000} s {stored,7:0.000} s {share * 100,11:0}% {time,6:0} ms");
        return new JsonObject
        {
            ["query_node_cpu_s"] = Math.Round(query, 4),
            ["storage_cpu_s"] = Math.Round(stored, 4),
            ["query_share"] = Math.Round(share, 3),
            ["ms"] = Math.Round(time, 1),
        };
    }
}
