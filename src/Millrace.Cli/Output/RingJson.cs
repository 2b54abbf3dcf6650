using System.Text.Json.Nodes;
using Millrace.Cli.Commands.Rings;
using Millrace.Core.Model;
using Millrace.Core.Rings;
using Millrace.HashRing;

namespace Millrace.Cli.Output;

/// <summary>Rings for programs.</summary>
internal static class RingJson
{
    public static JsonObject Of(Project project, Ring ring, RingLock held) => new()
    {
        ["ring"] = ring.Name,
        ["cluster"] = ring.Cluster,
        ["lock_file"] = ring.LockFile,
        ["layers"] = held.Layers.Count,
        ["epoch"] = held.Current.Number,
        ["rows_since"] = held.RowsSince,
        ["pruning"] = held.PruningIsTrue,
        ["shards"] = Shards(held.Current.Shards, held.Current.Assignment),
        ["tables"] = new JsonArray([.. RingArguments.TablesOf(project, ring).Select(pipeline => (JsonNode)new JsonObject
        {
            ["table"] = pipeline.Table!.Table,
            ["key"] = new JsonArray([.. pipeline.Table!.Ring!.Key.Select(name => (JsonNode)name)]),
        })]),
        ["epochs"] = new JsonArray([.. held.Epochs.Reverse().Select(epoch => (JsonNode)new JsonObject
        {
            ["epoch"] = epoch.Number,
            ["at"] = epoch.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
            ["by"] = epoch.By,
            ["why"] = epoch.Why,
        })]),
    };

    public static JsonObject Of(RingLock held, RingProposal proposal) => new()
    {
        ["ring"] = held.Ring,
        ["layers"] = held.Layers.Count,
        ["moved"] = proposal.Moves.Length,
        ["fewest"] = proposal.FewestMoves,
        ["keys_moved"] = Math.Round(proposal.KeysMoved, 4),
        ["moves"] = new JsonArray([.. proposal.Moves.Select(move => (JsonNode)new JsonObject
        {
            ["layer"] = move.Layer, ["from"] = move.From, ["to"] = move.To,
        })]),
        ["shards"] = Shards(proposal.Shards, proposal.Assignment),
    };

    private static JsonArray Shards(IEnumerable<ShardWeight> shards, Assignment assignment) => new(
    [
        .. shards.Select(shard => (JsonNode)new JsonObject
        {
            ["shard"] = shard.Shard,
            ["weight"] = shard.Weight,
            ["layers"] = new JsonArray([.. assignment.LayersOf(shard.Shard).Select(layer => (JsonNode)layer)]),
        }),
    ]);
}
