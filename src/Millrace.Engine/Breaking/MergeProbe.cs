using System.Collections.Immutable;
using System.Globalization;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>
/// Puts rows of equal keys in where they come in, in one insert and in several, and has the tables merge that they reach: a merge
/// must make of two inserts what a view makes of one, and must keep what a row without a value has always left alone.
/// </summary>
internal sealed class MergeProbe(ChainProbe probe, Rigs rigs)
{
    /// <summary>Tables whose merges may do something else after a change, with the rows to try them with.</summary>
    public async Task<ImmutableArray<MergePlan>> PlansAsync(ChangeFacts facts, ProbeRun run, World after, CancellationToken cancel)
    {
        var asked = MergeCandidates.Merging(facts).Where(pair => run.World.Find(pair.Was.Ref) is not null && after.Find(pair.Now.Ref) is not null).ToList();
        if (asked.Count == 0)
            return [];
        var made = await probe.MakeRowsAsync(after, cancel);
        var (were, are) = (EntryColumns.EdgesOf(run.World), EntryColumns.EdgesOf(after));
        return
        [
            .. asked.Select(pair => MergePlan.Of(
                run.World, after, pair.Now, (new EntryColumns(run.World, were, pair.Was), new EntryColumns(after, are, pair.Now)), run.Rows, made)).OfType<MergePlan>(),
        ];
    }

    /// <summary>What a world makes of each plan; nothing of those that it does not take.</summary>
    public async Task<ImmutableDictionary<ObjectRef, MergeRun>> RunAsync(World world, IEnumerable<MergePlan> plans, CancellationToken cancel)
    {
        var found = ImmutableDictionary.CreateBuilder<ObjectRef, MergeRun>();
        var clocks = await Clocks.AreInAsync(world, rigs.Roles.Values.First(), cancel);
        foreach (var plan in plans)
            if (world.Find(plan.Table) is { } table && await RunAsync(world, table, plan, clocks, cancel) is { } run)
                found[plan.Table] = run;
        return found.ToImmutable();
    }

    private async Task<MergeRun?> RunAsync(World world, ObjectState table, MergePlan plan, bool clocks, CancellationToken cancel)
    {
        var sums = MergingEngine.Family(table.Engine) == "SummingMergeTree";
        var around = new World(Flow.Upstream(world, table), ImmutableDictionary<string, string>.Empty);
        ImmutableArray<ProbeRows> both = [.. plan.First.Zip(plan.Second, (first, second) => first with { Lines = [.. first.Lines, .. second.Lines] })];
        try
        {
            var once = await ReadAsync(both);
            if (clocks)
                await WorldProbe.NextSecondAsync(cancel);
            var twice = await ReadAsync(plan.First, plan.Second);
            var again = await ReadAsync(both);
            var first = await ReadAsync(plan.First);
            // Sums know no NULL, and only what sums deletes rows.
            var unknown = sums ? first : await ReadAsync(plan.First, plan.Unknown);
            var (unmerged, kept) = sums ? await SinglesAsync() : ([], []);
            var run = new MergeRun(once, again, twice, first, unknown, kept, unmerged.Except(kept));
            await probe.EmptyAsync(around, cancel);
            return run;
        }
        catch (ServerErrorException)
        {
            return null; // Rows that it refuses are said elsewhere.
        }

        async Task<(ImmutableHashSet<string> Unmerged, ImmutableHashSet<string> Kept)> SinglesAsync()
        {
            var node = rigs.Roles[table.Ref.Role].Node;
            await node.ExecuteAsync($"SYSTEM STOP MERGES {Quote.Name(table.Name)}", cancel: cancel);
            try
            {
                await FillAsync("SETTINGS optimize_on_insert = 0 ", plan.Single, plan.Single);
                var unmerged = await KeysAsync(table, cancel);
                await node.ExecuteAsync($"SYSTEM START MERGES {Quote.Name(table.Name)}", cancel: cancel);
                await OptimizeAsync();
                return (unmerged, await KeysAsync(table, cancel));
            }
            finally
            {
                await node.ExecuteAsync($"SYSTEM START MERGES {Quote.Name(table.Name)}", cancel: cancel);
            }
        }

        async Task<ProbeReading> ReadAsync(params ImmutableArray<ProbeRows>[] blocks)
        {
            await FillAsync("", blocks);
            await OptimizeAsync();
            return await probe.ReadAsync(table, cancel);
        }

        async Task OptimizeAsync()
        {
            await probe.SettleAsync(around, cancel);
            await rigs.Roles[table.Ref.Role].Node.ExecuteAsync($"OPTIMIZE TABLE {Quote.Name(table.Name)} FINAL", rigs.Roles[table.Ref.Role].InDatabase, cancel);
        }

        async Task FillAsync(string settings, params ImmutableArray<ProbeRows>[] blocks)
        {
            await probe.EmptyAsync(around, cancel);
            foreach (var rows in plan.Others)
                await probe.InsertAsync(rows, cancel);
            foreach (var rows in blocks.SelectMany(block => block).Where(rows => rows.Lines.Length > 0))
                await rigs.Roles[rows.Entry.Role].Node.ExecuteAsync(
                    $"INSERT INTO {Quote.Name(rows.Entry.Name)} {settings}FORMAT JSONEachRow\n{string.Join('\n', rows.Lines)}", rigs.Roles[rows.Entry.Role].InDatabase, cancel);
        }
    }

    private async Task<ImmutableHashSet<string>> KeysAsync(ObjectState table, CancellationToken cancel)
    {
        if (table.SortingKey.Length == 0)
            return [];
        return [.. RoleRig.Lines(await rigs.Roles[table.Ref.Role].TextAsync($"SELECT {table.SortingKey} FROM {Quote.Name(table.Name)} FORMAT TSV", cancel))];
    }

    public static IEnumerable<MergeDifference> Differences(
        ChangeFacts facts, ImmutableDictionary<ObjectRef, MergeRun> was, ImmutableDictionary<ObjectRef, MergeRun> now)
    {
        foreach (var (name, run) in now)
        {
            if (was.GetValueOrDefault(name) is not { } then)
                continue;
            var (old, table) = (facts.Before!.Find(name)!, facts.After.Find(name)!);
            if (old.SortingKey == table.SortingKey && then.Kept.Intersect(run.Deleted) is { Count: > 0 } lost)
                yield return new MergeDifference(MergeOutcome.RowsVanish, name) { Before = Counted.Of(then.Kept.Count, "row"), After = Counted.Of(lost.Count, "row") };
            var columns = table.Shape.Columns.Where(column => old.Column(column.Name) is not null && !table.KeyColumns.Contains(column.Name)).Select(column => column.Name).ToList();
            if (columns.Count > 0 && !columns.Exists(column => Same(then.Once, then.Twice, column)))
                continue; // Nothing was ever merged right in it, or its rows do not meet at all.
            foreach (var column in table.Shape.Columns.Select(column => column.Name).Where(column => !table.KeyColumns.Contains(column)))
                if (Of(facts, old, table, column, then, run) is { } difference)
                    yield return difference with { Column = column };
        }
    }

    private static MergeDifference? Of(ChangeFacts facts, ObjectState was, ObjectState table, string column, MergeRun then, MergeRun run)
    {
        var isNew = was.Column(column) is null;
        if (!Same(run.Once, run.Again, column))
            return null; // Such as a time of its own.
        var family = MergingEngine.Family(table.Engine);
        if (family is "SummingMergeTree" or "AggregatingMergeTree" && Differs(run.Once, run.Twice, column) is var (once, twice) && (isNew || Same(then.Once, then.Twice, column)))
            return new MergeDifference(MergeOutcome.OtherValue, table.Ref) { Before = once, After = twice };
        if (family == "SummingMergeTree" && isNew && MergeCandidates.IsConstant(facts.After, table, column) && Differs(run.First, run.Twice, column) is var (one, two))
            return new MergeDifference(MergeOutcome.SummedConstant, table.Ref) { Before = one, After = two };
        if (MergeCandidates.KeepsKnown(table, column, isNew) && Differs(run.First, run.Unknown, column) is var (known, unknown) && (isNew || Same(then.First, then.Unknown, column)))
            return new MergeDifference(MergeOutcome.Overwrites, table.Ref) { Before = known, After = unknown };
        return null;
    }

    private static bool Same(ProbeReading one, ProbeReading other, string column) =>
        one.Rows == other.Rows && one.Columns.TryGetValue(column, out var values) && other.Columns.TryGetValue(column, out var others)
        && Differing(values.Values, others.Values) is null;

    private static (string One, string Other)? Differs(ProbeReading one, ProbeReading other, string column) =>
        one.Rows == other.Rows && one.Columns.TryGetValue(column, out var values) && other.Columns.TryGetValue(column, out var others)
            ? Differing(values.Values, others.Values)
            : null;

    /// <summary>The shortest value of each list that the other one has not; sums of floats may differ in their last digits.</summary>
    private static (string One, string Other)? Differing(ImmutableArray<string> values, ImmutableArray<string> others)
    {
        var left = others.ToList();
        var only = values.Where(value => !Remove(left, value)).ToList();
        return only.Count == 0 || left.Count == 0 ? null : (ShownValue.Of(only.MinBy(value => value.Length)!), ShownValue.Of(left.MinBy(value => value.Length)!));
    }

    private static bool Remove(List<string> left, string value)
    {
        var at = left.FindIndex(other => IsSame(other, value));
        if (at >= 0)
            left.RemoveAt(at);
        return at >= 0;
    }

    private static bool IsSame(string one, string other) =>
        one == other
        || (double.TryParse(one, NumberStyles.Float, CultureInfo.InvariantCulture, out var a) && double.TryParse(other, NumberStyles.Float, CultureInfo.InvariantCulture, out var b)
            ? Math.Abs(a - b) <= 1e-6 * Math.Max(Math.Abs(a), Math.Abs(b)) && one.AsSpan().IndexOfAny(".e") >= 0
            // A set has no order.
            : one.StartsWith('[') && other.StartsWith('[') && one.Length == other.Length && one.Order().SequenceEqual(other.Order()));
}
