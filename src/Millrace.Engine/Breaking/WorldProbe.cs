using System.Collections.Immutable;
using Millrace.Core.Breaking;

namespace Millrace.Engine.Breaking;

/// <summary>Pushes the same rows through the part of two worlds that a change touches.</summary>
internal sealed class WorldProbe(Rigs rigs, WorldDeclaration declared, World before, World after)
{
    private readonly ChainProbe _probe = new(rigs.Roles);

    public async Task<ImmutableArray<ProbeDifference>> AroundScriptAsync(ChangeScript script, CancellationToken cancel)
    {
        if (Part(before) is not { } part)
            return [];
        await rigs.LoadAsync(declared.Only(part.Objects), cancel);
        var run = await BeforeAsync(part, cancel);
        await script.RepeatAsync(cancel);
        return await AfterAsync(run, cancel);
    }

    public async Task<ImmutableArray<ProbeDifference>> BetweenDeclarationsAsync(WorldDeclaration now, CancellationToken cancel)
    {
        if (Part(before) is not { } part)
            return [];
        await rigs.LoadAsync(declared.Only(part.Objects), cancel);
        var run = await BeforeAsync(part, cancel);
        await rigs.LoadAsync(now.Only(Part(after)?.Objects ?? []), cancel);
        return await AfterAsync(run, cancel);
    }

    /// <summary>All that a changed object reaches or is reached from, in either world; null when nothing changed.</summary>
    private World? Part(World world)
    {
        var facts = new ChangeFacts(before, after);
        var changed = before.Objects.Concat(after.Objects).Select(item => item.Ref).Distinct().Where(facts.IsChanged).ToList();
        if (changed.Count == 0)
            return null;
        var touched = new[] { before, after }.SelectMany(w => Around(w, changed)).ToHashSet();
        return new World(world.Objects.Where(item => touched.Contains(item.Ref)), declared.ClusterRoles);
    }

    private static IEnumerable<ObjectRef> Around(World world, List<ObjectRef> changed)
    {
        var here = changed.Select(world.Find).OfType<ObjectState>().ToList();
        var reached = Flow.Downstream(world, Flow.Upstream(world, here));
        // A view needs all that it reads, also what the change does not reach.
        return Flow.Upstream(world, reached).Select(item => item.Ref);
    }

    private async Task<Run> BeforeAsync(World part, CancellationToken cancel)
    {
        var rows = await _probe.MakeRowsAsync(part, cancel);
        var taken = ImmutableArray.CreateBuilder<ProbeRows>();
        foreach (var entry in rows)
            taken.Add((await _probe.InsertAsync(entry, cancel)).Taken);
        var first = await SettledAsync(part, cancel);
        await _probe.EmptyAsync(part, cancel);
        foreach (var entry in taken)
            await _probe.InsertAsync(entry, cancel);
        return new Run(taken.ToImmutable(), first, await SettledAsync(part, cancel));
    }

    private async Task<ImmutableArray<ProbeDifference>> AfterAsync(Run run, CancellationToken cancel)
    {
        var part = Part(after)!;
        await _probe.EmptyAsync(part, cancel);
        var differences = ImmutableArray.CreateBuilder<ProbeDifference>();
        foreach (var rows in run.Rows.Where(rows => after.Find(rows.Entry) is not null && rows.Lines.Length > 0))
            if (await _probe.InsertAsync(rows, cancel) is { Fault: { } fault } insert)
                differences.Add(new ProbeDifference(ProbeOutcome.InsertFails, rows.Entry) { Fault = fault, Before = insert.Line, Entries = [rows.Entry] });
        var readings = await SettledAsync(part, cancel);
        var compared = new ProbeComparison(run.First, run.Second, readings).Differences();
        // Rows that were refused are missing everywhere: the refusal says it all.
        return differences.Count > 0
            ? [.. differences, .. compared.Where(difference => difference.Outcome == ProbeOutcome.ReadFails)]
            : [.. compared];
    }

    private async Task<ImmutableDictionary<ObjectRef, ProbeReading>> SettledAsync(World part, CancellationToken cancel)
    {
        await _probe.SettleAsync(part, cancel);
        return await _probe.ReadAsync(part, cancel);
    }

    private sealed record Run(
        ImmutableArray<ProbeRows> Rows,
        ImmutableDictionary<ObjectRef, ProbeReading> First,
        ImmutableDictionary<ObjectRef, ProbeReading> Second);
}
