using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Sql;

namespace Millrace.Engine.Breaking;

/// <summary>
/// Finds out whether a narrowing that a change does not touch begins to matter with it: the rows that may come now are put
/// into the world as it is, and into the same world with that column wide. Where they differ, and the rows that came before
/// did not, it is the change that makes the difference.
/// </summary>
internal sealed class FarBench(Rigs rigs, ChainProbe probe)
{
    /// <param name="readings">What the rows that came before make of the world as it is; null when not all of them get in.</param>
    public async Task<ImmutableArray<Narrowing>> JudgeAsync(
        ChangeFacts facts, World world, ProbeRun run, ImmutableDictionary<ObjectRef, ProbeReading>? readings, CancellationToken cancel)
    {
        var asked = FarConversions.Lossy(facts).Where(item => world.Find(item.To) is not null && IsSteady(run, item)).ToList();
        if (asked.Count == 0)
            return [];
        var rows = await probe.MakeRowsAsync(world, cancel);
        var narrow = await FillAsync(world, rows, cancel);
        await probe.EmptyAsync(world, cancel);
        asked = await WidenAsync(world, asked, cancel);
        if (asked.Count == 0)
            return [];
        var wide = await FillAsync(world, rows, cancel);
        var known = await FillAsync(world, run.Rows, cancel);
        return [.. asked.Select(item => Refused(world, item, narrow, wide, facts) ?? (readings is null ? null : Altered(facts, item, readings, narrow, wide, known))).OfType<Narrowing>()];
    }

    private async Task<Filled> FillAsync(World world, ImmutableArray<ProbeRows> rows, CancellationToken cancel)
    {
        await probe.EmptyAsync(world, cancel);
        var faults = new Dictionary<ObjectRef, EngineFault>();
        foreach (var entry in rows.Where(entry => entry.Lines.Length > 0 && world.Find(entry.Entry) is not null))
            if ((await probe.InsertAsync(entry, cancel)).Fault is { } fault)
                faults[entry.Entry] = fault;
        await probe.SettleAsync(world, cancel);
        return new Filled(faults, await probe.ReadAsync(world, cancel));
    }

    private static Narrowing? Refused(World world, Conversion item, Filled narrow, Filled wide, ChangeFacts facts) =>
        facts.Verdict(item.Path).Refused.IsEmpty ? null
        : (from entry in narrow.Faults
           where !wide.Faults.ContainsKey(entry.Key) && Flow.Downstream(world, world.Find(entry.Key)!).Any(below => below.Ref == item.To)
           select new Narrowing(item.To, item.Column) { Fault = entry.Value }).FirstOrDefault();

    private static Narrowing? Altered(
        ChangeFacts facts, Conversion item, ImmutableDictionary<ObjectRef, ProbeReading> readings, Filled narrow, Filled wide, Filled known)
    {
        var (before, beforeWide) = (Values(readings, item), Values(known.Readings, item));
        var (now, nowWide) = (Values(narrow.Readings, item), Values(wide.Readings, item));
        if (!before.SequenceEqual(beforeWide) || now.Length != nowWide.Length || now.SequenceEqual(nowWide))
            return null;
        var pair = facts.Verdict(item.Path).Altered.FirstOrDefault(pair => nowWide.Contains(pair.Sent) && now.Contains(pair.Stored));
        var (sent, stored) = pair.Sent is null ? (Only(nowWide, now), Only(now, nowWide)) : pair;
        return new Narrowing(item.To, item.Column) { Sent = sent, Stored = stored };
    }

    private static string Only(ImmutableArray<string> values, ImmutableArray<string> others) =>
        values.Except(others).FirstOrDefault() ?? "";

    private static ImmutableArray<string> Values(ImmutableDictionary<ObjectRef, ProbeReading> readings, Conversion item) =>
        readings.GetValueOrDefault(item.To)?.Columns.TryGetValue(item.Column, out var column) == true ? column.Values : [];

    /// <summary>What differs from run to run tells nothing.</summary>
    private static bool IsSteady(ProbeRun run, Conversion item) =>
        Values(run.First, item).SequenceEqual(Values(run.Second, item));

    /// <returns>Those whose column is wide now.</returns>
    private async Task<List<Conversion>> WidenAsync(World world, List<Conversion> asked, CancellationToken cancel)
    {
        var done = new List<Conversion>();
        var shapes = new Dictionary<ObjectRef, ObjectState>();
        foreach (var item in asked)
        {
            var isWide = true;
            // What a proxy takes it hands on.
            for (var table = world.Find(item.To); table?.Column(item.Column)?.Type == item.Path.To; table = world.Behind(table))
                isWide = isWide && await WidenAsync(shapes, table, item, cancel);
            if (isWide)
                done.Add(item);
        }

        return done;
    }

    private async Task<bool> WidenAsync(Dictionary<ObjectRef, ObjectState> shapes, ObjectState table, Conversion item, CancellationToken cancel)
    {
        var rig = rigs.Roles[table.Ref.Role];
        var type = Widening.For(item.To, item.Column, item.Path.From, item.Path.To).Type;
        var known = shapes.GetValueOrDefault(table.Ref, table);
        var wide = known with { Shape = known.Shape with { Columns = [.. known.Shape.Columns.Select(column => column.Name == item.Column ? column with { Type = type } : column)] } };
        shapes[table.Ref] = wide;
        if (await rig.RunAsync($"ALTER TABLE {Quote.Name(table.Name)} MODIFY COLUMN {Quote.Name(item.Column)} {type}", cancel) is null)
            return true;
        // A column of the key keeps its type for as long as the table lives.
        var columns = wide.Shape.Columns.Select(TableClone.Column);
        return await rig.RunAsync(
            $"CREATE OR REPLACE TABLE {Quote.Name(table.Name)} ({string.Join(", ", columns)}) ENGINE = {TableClone.WithoutReplica(table.Shape.EngineFull)}", cancel) is null;
    }

    /// <summary>Which entries refused rows, and what the tables hold then.</summary>
    private sealed record Filled(IReadOnlyDictionary<ObjectRef, EngineFault> Faults, ImmutableDictionary<ObjectRef, ProbeReading> Readings);
}
