using System.Collections.Immutable;
using Millrace.Core.Breaking;

namespace Millrace.Engine.Breaking;

/// <summary>Pushes the same rows through two worlds.</summary>
/// <param name="change">The statements that make the other world.</param>
internal sealed class WorldProbe(Rigs rigs, WorldDeclaration declared, IEnumerable<string> change)
{
    private readonly ChainProbe _probe = new(rigs.Roles, [.. change.SelectMany(text => JsonPath.In(text)).Distinct()]);

    /// <summary>Loads what a script touches anew, and runs the script between two probes of it.</summary>
    public async Task<ChangeFacts> AroundScriptAsync(ChangeFacts facts, ChangeScript script, CancellationToken cancel)
    {
        if (Part(facts, facts.Before!) is not { } part)
            return facts;
        await rigs.LoadAsync(declared.Only(part.Objects), cancel);
        var run = await BeforeAsync(part, cancel);
        await script.RepeatAsync(cancel);
        return await ComparedAsync(facts, run, Part(facts, facts.After)!, declared.Only(part.Objects), cancel);
    }

    /// <summary>Loads what differs between two declarations, first the one and then the other.</summary>
    public async Task<ChangeFacts> BetweenDeclarationsAsync(ChangeFacts facts, WorldDeclaration now, CancellationToken cancel)
    {
        if (Part(facts, facts.Before!) is not { } part)
            return facts;
        await rigs.LoadAsync(declared.Only(part.Objects), cancel);
        var run = await BeforeAsync(part, cancel);
        var then = Part(facts, facts.After)!;
        await rigs.LoadAsync(now.Only(then.Objects), cancel);
        return await ComparedAsync(facts, run, then, declared.Only(part.Objects), cancel);
    }

    /// <summary>Twice, to learn which values differ from run to run; leaves the tables empty.</summary>
    public async Task<ProbeRun> BeforeAsync(World world, CancellationToken cancel)
    {
        var taken = ImmutableArray.CreateBuilder<ProbeRows>();
        if (world.Objects.Any(item => item.IsRefreshable))
        {
            // Each has refreshed once, when it was made: those rows are no row's doing.
            await _probe.HoldAsync(world, cancel);
            await _probe.EmptyAsync(world, cancel);
        }

        foreach (var entry in await _probe.MakeRowsAsync(world, cancel))
            taken.Add((await _probe.InsertAsync(entry, cancel)).Taken);
        var first = await SettledAsync(world, cancel);
        await _probe.EmptyAsync(world, cancel);
        if (await Clocks.AreInAsync(world, rigs.Roles.Values.First(), cancel))
            await NextSecondAsync(cancel);
        foreach (var entry in taken)
            await _probe.InsertAsync(entry, cancel);
        var second = await SettledAsync(world, cancel);
        await _probe.EmptyAsync(world, cancel);
        return new ProbeRun(world, taken.ToImmutable(), first, second);
    }

    /// <summary>Adds what the same rows do now; the lab is left with one of the two worlds.</summary>
    public Task<ChangeFacts> ComparedAsync(ChangeFacts facts, ProbeRun run, World world, CancellationToken cancel) => ComparedAsync(facts, run, world, declared, cancel);

    private async Task<ChangeFacts> ComparedAsync(ChangeFacts facts, ProbeRun run, World world, WorldDeclaration was, CancellationToken cancel)
    {
        var (differences, readings) = await CompareAsync(run, world, cancel);
        var allIn = differences.All(difference => difference.Outcome != ProbeOutcome.InsertFails);
        facts = facts with { Probe = differences, Narrowings = await new FarBench(rigs, _probe).JudgeAsync(facts, world, run, allIn ? readings : null, cancel) };
        var merges = new MergeProbe(_probe, rigs);
        var plans = await merges.PlansAsync(facts, run, world, cancel);
        if (plans.IsEmpty)
            return facts;
        var now = await merges.RunAsync(world, plans, cancel);
        await rigs.LoadAsync(was, cancel);
        await _probe.HoldAsync(run.World, cancel);
        var then = await merges.RunAsync(run.World, plans.Where(plan => now.ContainsKey(plan.Table)), cancel);
        return facts with { Merges = [.. facts.Merges, .. MergeProbe.Differences(facts, then, now)] };
    }

    /// <summary>Puts the rows of a run into another world, and tells what has become of them.</summary>
    public async Task<(ImmutableArray<ProbeDifference> Differences, ImmutableDictionary<ObjectRef, ProbeReading> Readings)> CompareAsync(
        ProbeRun run, World world, CancellationToken cancel)
    {
        await _probe.HoldAsync(world, cancel);
        await _probe.EmptyAsync(world, cancel);
        var differences = ImmutableArray.CreateBuilder<ProbeDifference>();
        var gone = new HashSet<ObjectRef>();
        foreach (var rows in run.Rows.Where(rows => rows.Lines.Length > 0))
            if (world.Find(rows.Entry) is null)
                gone.UnionWith(Flow.Downstream(run.World, run.World.Find(rows.Entry)!).Select(item => item.Ref));
            else if (await _probe.InsertAsync(rows, cancel) is { Fault: { } fault } insert)
                differences.Add(new ProbeDifference(ProbeOutcome.InsertFails, rows.Entry) { Fault = fault, Before = insert.Line, Entries = [rows.Entry] });
        var readings = await SettledAsync(world, cancel);
        // Rows that had no way in any more, or were refused, are missing everywhere; that is said where it happens.
        var compared = new ProbeComparison(run.First, run.Second, readings).Differences()
            .Where(difference => difference.Outcome == ProbeOutcome.ReadFails || (differences.Count == 0 && !gone.Contains(difference.Where)))
            .ToList();
        return ([.. differences, .. compared], readings);
    }

    /// <summary>Two runs within one second would agree on <c>now()</c>, and the third, a second later, would look changed.</summary>
    public static Task NextSecondAsync(CancellationToken cancel) =>
        Task.Delay(TimeSpan.FromMilliseconds(1020 - TimeProvider.System.GetUtcNow().Millisecond), cancel);

    /// <summary>All that a changed object reaches or is reached from, in either world; null when nothing changed.</summary>
    private World? Part(ChangeFacts facts, World world)
    {
        var worlds = new[] { facts.Before!, facts.After };
        var changed = worlds.SelectMany(w => w.Objects).Select(item => item.Ref).Distinct().Where(facts.IsChanged).ToList();
        if (changed.Count == 0)
            return null;
        var touched = worlds.SelectMany(w => Around(w, changed)).ToHashSet();
        return new World(world.Objects.Where(item => touched.Contains(item.Ref)), declared.ClusterRoles);
    }

    private static IEnumerable<ObjectRef> Around(World world, List<ObjectRef> changed)
    {
        var here = changed.Select(world.Find).OfType<ObjectState>().ToList();
        var reached = Flow.Downstream(world, Flow.Upstream(world, here));
        // A view needs all that it reads, also what the change does not reach.
        return Flow.Upstream(world, reached).Select(item => item.Ref);
    }

    private async Task<ImmutableDictionary<ObjectRef, ProbeReading>> SettledAsync(World world, CancellationToken cancel)
    {
        await _probe.SettleAsync(world, cancel);
        return await _probe.ReadAsync(world, cancel);
    }
}
