using System.Text.Json.Nodes;
using Millrace.Core.Rings;
using Millrace.HashRing;

namespace Millrace.Bench.Ring;

/// <summary>Load per shard, hottest over mean, for several sharding keys.</summary>
public static class SpreadBench
{
    /// <summary>Recipients fall into so many buckets in the last key: enough to split the newsletter, few enough to add up.</summary>
    private const int RecipientBuckets = 16;

    private const int FlushRows = 100_000;

    private static readonly (string Name, int Split, Func<long, string, int, RingKey> Key)[] Keys =
    [
        ("customer_id", 1, (customer, _, _) => RingKey.Of.Int64(customer)),
        ("event_type", 1, (_, type, _) => RingKey.Of.String(type)),
        ("customer_id+event_type", 1, (customer, type, _) => RingKey.Of.Int64(customer).String(type)),
        ("customer_id+event_type+recipient%16", RecipientBuckets,
            (customer, type, part) => RingKey.Of.Int64(customer).String(type).UInt8((byte)part)),
    ];

    private static readonly TenantWorkload[] Workloads =
    [
        new("tenants + newsletter", Tenants: true, Newsletter: true),
        new("tenants alone", Tenants: true, Newsletter: false),
        new("newsletter alone", Tenants: false, Newsletter: true),
    ];

    private static readonly (int Layers, int Shards)[] Rings = [(32, 8), (1024, 8), (1024, 64)];

    /// <summary>Max over mean by key, of the first workload on the default ring.</summary>
    public static JsonObject Run(TextWriter report, CancellationToken cancel)
    {
        var figures = new JsonObject();
        foreach (var (layers, count) in Rings)
        {
            ShardWeight[] shards = [.. Enumerable.Range(1, count).Select(n => new ShardWeight(n))];
            var assignment = Rebalance.First(new VirtualLayers(layers), shards);
            report.WriteLine($"Load per shard, {layers} layers on {count} shards; levelled: after at most 8 swaps of layers");
            report.WriteLine(
                $"{"workload",-22} {"key",-36} {"max/mean",9} {"p99/mean",9} {"levelled",9} {"parts/flush",12}");
            foreach (var workload in Workloads)
            foreach (var (name, split, key) in Keys)
            {
                cancel.ThrowIfCancellationRequested();
                var load = RingLoad.Of(assignment, shards, workload.Loads(key, split));
                report.WriteLine(
                    $"{workload.Name,-22} {name,-36} {load.MaxOverMean,9:0.00} {load.P99OverMean,9:0.00}"
                    + $" {Levelled(assignment, shards, load),9:0.00} {load.PartsPerFlush(FlushRows),12:0.0}");
                if (workload == Workloads[0] && (layers, count) == Rings[0])
                    figures[name] = Math.Round(load.MaxOverMean, 3);
            }

            report.WriteLine();
        }

        return figures;
    }

    private static double Levelled(Assignment assignment, ShardWeight[] shards, RingLoad load)
    {
        var proposed = LoadLeveling.Propose(assignment, shards, load.Layers, mostSwaps: 8);
        return load.On(proposed, shards).MaxOverMean;
    }
}
