using System.Text.Json.Nodes;
using Millrace.Core.Model;
using Millrace.Core.Rings;
using Millrace.HashRing;

namespace Millrace.Cli.Output;

/// <summary>How rows spread by one key or another: first the comparison, then the hottest keys, then what could be done.</summary>
internal sealed class SimulationText(Terminal terminal)
{
    private const int KeysShown = 3;

    public void Write(Ring ring, RingLock held, IReadOnlyList<RingSimulation> simulations, int flushRows)
    {
        terminal.Out.WriteLine($"ring {ring.Name}  {held.Layers.Count} layers on {held.Current.Shards.Count(s => s.Weight > 0)} shards; load of the hottest shard over its fair share");
        terminal.Out.WriteLine();
        terminal.Out.Write(TextTable.Render(
        [
            ["KEY", "MAX/MEAN", "P99/MEAN", "LEVELLED", "MOVES", "PARTS/FLUSH", "HOTTEST KEYS"],
            .. simulations.Select(simulation => (string[])
            [
                simulation.Key, $"{simulation.Load.MaxOverMean:0.00}", $"{simulation.Load.P99OverMean:0.00}", $"{simulation.Levelled.MaxOverMean:0.00}",
                $"{simulation.Moves.Length}", $"{simulation.Load.PartsPerFlush(flushRows):0.0}", Hottest(simulation.Load),
            ]),
        ]));
        var best = simulations.MinBy(simulation => simulation.Levelled.MaxOverMean)!;
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"Load by shard, {best.Key}:  {string.Join("  ", best.Load.Shards.Select(shard => $"{shard.Shard}: {shard.OverFairShare:0.00}"))}");
        if (!best.Moves.IsEmpty)
            terminal.Out.WriteLine(
                $"Level it:  {terminal.Paint($"millrace ring plan {CommandWord.Of(ring.Name)} {string.Join(' ', best.Moves.Select(move => $"--move {move.Layer}={move.To}"))}", Ink.Cyan)}");
    }

    public static JsonObject Json(Ring ring, IReadOnlyList<RingSimulation> simulations, int flushRows) => new()
    {
        ["ring"] = ring.Name,
        ["keys"] = new JsonArray([.. simulations.Select(simulation => (JsonNode)new JsonObject
        {
            ["key"] = simulation.Key,
            ["max_over_mean"] = Math.Round(simulation.Load.MaxOverMean, 3),
            ["p99_over_mean"] = Math.Round(simulation.Load.P99OverMean, 3),
            ["levelled_max_over_mean"] = Math.Round(simulation.Levelled.MaxOverMean, 3),
            ["parts_per_flush"] = Math.Round(simulation.Load.PartsPerFlush(flushRows), 2),
            ["shards"] = new JsonArray([.. simulation.Load.Shards.Select(shard => (JsonNode)new JsonObject
            {
                ["shard"] = shard.Shard, ["load"] = Math.Round(shard.Load), ["over_fair_share"] = Math.Round(shard.OverFairShare, 3),
            })]),
            ["layer_weights"] = new JsonArray([.. simulation.Load.LayerWeights.Select(weight => (JsonNode)Math.Round(weight, 3))]),
            ["hottest"] = new JsonArray([.. simulation.Load.Hottest.Select(key => (JsonNode)new JsonObject
            {
                ["key"] = key.Label, ["load"] = Math.Round(key.Load), ["share"] = Share(simulation.Load, key),
            })]),
            ["moves"] = new JsonArray([.. simulation.Moves.Select(move => (JsonNode)new JsonObject
            {
                ["layer"] = move.Layer, ["from"] = move.From, ["to"] = move.To,
            })]),
        })]),
    };

    private static string Hottest(RingLoad load) =>
        string.Join("; ", load.Hottest.Take(KeysShown).Select(key => $"{key.Label} {Share(load, key) * 100:0.0}%"));

    private static double Share(RingLoad load, KeyLoad key) => load.Total > 0 ? Math.Round(key.Load / load.Total, 4) : 0;
}
