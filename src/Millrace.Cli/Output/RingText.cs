using Millrace.Cli.Commands.Rings;
using Millrace.Core.Model;
using Millrace.Core.Rings;
using Millrace.HashRing;

namespace Millrace.Cli.Output;

/// <summary>Rings for people: first where layers are or go, then what it means, then the next command.</summary>
internal sealed class RingText(Terminal terminal)
{
    private const int MostEpochs = 10;

    public void Show(Project project, Ring ring, RingLock held)
    {
        var current = held.Current;
        terminal.Out.WriteLine(terminal.Paint($"ring {ring.Name}", Ink.Bold) + $"  {held.Layers.Count} layers on cluster {ring.Cluster}, epoch {current.Number}, {ring.LockFile}");
        terminal.Out.WriteLine();
        terminal.Out.Write(TextTable.Render(
        [
            ["SHARD", "WEIGHT", "COUNT", "LAYERS", "NODES"],
            .. current.Shards.Select(shard => (string[])
            [
                $"{shard.Shard}", $"{shard.Weight}", $"{current.Assignment.LayersOf(shard.Shard).Length}",
                Ranges(current.Assignment.LayersOf(shard.Shard)), Nodes(project, ring, shard.Shard),
            ]),
        ]));
        terminal.Out.WriteLine();
        foreach (var pipeline in RingArguments.TablesOf(project, ring))
            terminal.Out.WriteLine($"places  {pipeline.Table!.Table} by {string.Join(", ", pipeline.Table!.Ring!.Key)}");
        terminal.Out.WriteLine(Pruning(held));
        terminal.Out.WriteLine();
        foreach (var epoch in held.Epochs.Reverse().Take(MostEpochs))
            terminal.Out.WriteLine(terminal.Paint($"epoch {epoch.Number}  {epoch.At.UtcDateTime:yyyy-MM-dd HH:mm}  {epoch.By}  {epoch.Why}", Ink.Dim));
        if (held.Epochs.Length > MostEpochs)
            terminal.Out.WriteLine(terminal.Paint($"and {held.Epochs.Length - MostEpochs} before: they are in {ring.LockFile}", Ink.Dim));
    }

    public void Plan(Project project, Ring ring, RingLock held, RingProposal proposal, string? next)
    {
        var moves = proposal.Moves.Length;
        var ideal = moves == proposal.FewestMoves ? "the fewest that balance allows" : $"balance alone needs {proposal.FewestMoves}";
        terminal.Out.WriteLine(moves == 0
            ? $"ring {ring.Name}  no layer moves"
            : $"ring {ring.Name}  {moves} of {held.Layers.Count} layers move, {proposal.KeysMoved * 100:0}% of the keys: {ideal}");
        terminal.Out.WriteLine();
        foreach (var route in proposal.Moves.GroupBy(move => (move.From, move.To)).OrderBy(route => route.Key))
            terminal.Out.WriteLine($"  shard {route.Key.From} -> {route.Key.To}   layers {string.Join(", ", route.Select(move => move.Layer))}");
        if (moves > 0)
            terminal.Out.WriteLine();
        terminal.Out.Write(TextTable.Render([["SHARD", "WEIGHT", "NOW", "THEN", "NODES"], .. Shards(held, proposal).Select(shard => (string[])
        [
            $"{shard}",
            proposal.Shards.FirstOrDefault(s => s.Shard == shard) is { } wanted ? $"{wanted.Weight}" : "-",
            $"{held.Current.Assignment.LayersOf(shard).Length}",
            $"{proposal.Assignment.LayersOf(shard).Length}",
            Nodes(project, ring, shard),
        ])]));
        terminal.Out.WriteLine();
        terminal.Out.WriteLine("Rows to come are placed anew. Stored rows stay where they are and are still read: every query asks all shards until `ring settle`.");
        foreach (var table in Replacing(project, ring).Where(_ => moves > 0))
            terminal.Out.WriteLine(terminal.Paint($"{table.Table} is {table.Engine}: a row that replaces one from before the move lies on another shard, and neither a merge nor FINAL brings the two together", Ink.Yellow));
        if (next is not null)
            terminal.Out.WriteLine($"Write it down:  {terminal.Paint(next, Ink.Cyan)}");
    }

    public void Next(Ring ring, string words)
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"Wrote {ring.LockFile}; it belongs into version control. Bring it to the nodes:  {terminal.Paint($"millrace plan{words}", Ink.Cyan)}");
    }

    /// <summary>Tables whose engine makes one row of several, which it can only do on one shard.</summary>
    private static IEnumerable<TableSink> Replacing(Project project, Ring ring) => RingArguments.TablesOf(project, ring)
        .Select(pipeline => pipeline.Table!)
        .Where(sink => sink.Engine.Contains("Replacing", StringComparison.Ordinal) || sink.Engine.Contains("Collapsing", StringComparison.Ordinal));

    private static string Pruning(RingLock held) => held.PruningIsTrue
        ? "reads   a query for one key may skip the other shards (optimize_skip_unused_shards): every row lies where the ring says"
        : held.RowsSince == 0
            ? "reads   every query asks all shards: rows from before the ring lie elsewhere. `ring settle` looks whether they still do"
            : $"reads   every query asks all shards: rows since epoch {held.RowsSince} may lie elsewhere. `ring settle` looks whether they still do";

    private static IEnumerable<int> Shards(RingLock held, RingProposal proposal) =>
        held.Current.Shards.Concat(proposal.Shards).Select(shard => shard.Shard).Distinct().Order();

    private static string Nodes(Project project, Ring ring, int shard) =>
        project.Fleet.FindCluster(ring.Cluster) is { } cluster
            && project.Fleet.Nodes.Where(node => cluster.Contains(node) && node.Shard == shard).Select(node => node.Name).ToArray() is { Length: > 0 } names
            ? string.Join(", ", names)
            : "none declared";

    /// <summary>Numbers with runs written short: <c>0-3, 7</c>; one line, whatever the number of layers.</summary>
    private static string Ranges(IReadOnlyList<int> layers)
    {
        const int Most = 12;
        var runs = new List<string>();
        for (var i = 0; i < layers.Count; i++)
        {
            var first = i;
            while (i + 1 < layers.Count && layers[i + 1] == layers[i] + 1)
                i++;
            runs.Add(first == i ? $"{layers[i]}" : $"{layers[first]}-{layers[i]}");
        }

        return runs.Count == 0 ? "-" : runs.Count <= Most ? string.Join(", ", runs) : string.Join(", ", runs.Take(Most)) + ", ...";
    }
}
