using System.Text.Json.Nodes;

namespace Millrace.Bench.Ring;

/// <summary>The hash ring: what moves when a cluster grows, how evenly keys spread, how fast a lookup is.</summary>
public sealed class RingBench : IBench
{
    public string Name => "ring";

    public string Summary => "layers moved against the fewest possible, load per shard by key, lookups per second";

    public Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        var moved = MoveBench.Run(report, cancel);
        var spread = SpreadBench.Run(report, cancel);
        var lookups = LookupBench.Run(report, cancel);
        return Task.FromResult(new JsonObject
        {
            ["moved_over_ideal_max"] = moved,
            ["max_over_mean"] = spread,
            ["lookups_per_second"] = lookups,
        });
    }
}
