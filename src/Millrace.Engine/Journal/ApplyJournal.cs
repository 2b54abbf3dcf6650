using System.Collections.Concurrent;
using System.Collections.Immutable;
using Millrace.Core.Journal;
using Millrace.Core.Planning;
using Millrace.Engine.Apply;

namespace Millrace.Engine.Journal;

/// <summary>
/// Writes one apply down: what a phase is about to do before it does it, and how that ended afterwards, each in one
/// insert.
/// </summary>
/// <param name="now">The clock of a storage node.</param>
public sealed class ApplyJournal(JournalStore store, ApplyInfo info, Plan plan, JournalText text, Func<DateTimeOffset> now) : IApplyListener
{
    private readonly Dictionary<Step, int> numbers = Number(plan);
    private readonly ConcurrentDictionary<NodeStep, DateTimeOffset> open = new();
    private readonly ConcurrentDictionary<NodeStep, StepOutcome> ended = new();
    private readonly int total = plan.Steps.Sum(step => step.Nodes.Length);
    private DateTimeOffset startedAt;

    /// <summary>Says that the apply begins.</summary>
    /// <exception cref="JournalUnreachableException">It cannot be written: nothing may be changed.</exception>
    public Task BeginAsync(CancellationToken cancel)
    {
        startedAt = now();
        return WriteApplyAsync(EntryOutcome.Started, "", cancel);
    }

    public Task PhaseStartingAsync(Phase phase, IReadOnlyCollection<NodeStep> items, CancellationToken cancel)
    {
        var at = now();
        foreach (var item in items)
            open[item] = at;
        return WriteAsync(items.Select(item => (item, EntryOutcome.Started, (StepOutcome?)null)), cancel);
    }

    public void StepStarted(NodeStep item) => open[item] = now();

    public void StepFinished(NodeStep item, StepOutcome outcome) => ended[item] = outcome;

    public async Task PhaseFinishedAsync(IReadOnlyCollection<(NodeStep Item, StepOutcome Outcome)> outcomes, CancellationToken cancel)
    {
        await WriteAsync(outcomes.Select(end => (end.Item, Word(end.Outcome.Result), (StepOutcome?)end.Outcome)), cancel);
        foreach (var (item, _) in outcomes)
            open.TryRemove(item, out _);
    }

    /// <summary>Says how the apply ended, and of a phase that was broken off, how far each step of it got.</summary>
    public async Task EndAsync(EntryOutcome outcome, string error, CancellationToken cancel)
    {
        var left = open.Keys
            .Select(item => ended.TryGetValue(item, out var end) ? (item, Word(end.Result), end) : (item, EntryOutcome.Interrupted, (StepOutcome?)null))
            .ToList();
        if (left.Count > 0)
            await WriteAsync(left, cancel);
        await WriteApplyAsync(outcome, error, cancel);
    }

    private static Dictionary<Step, int> Number(Plan plan)
    {
        var numbered = new Dictionary<Step, int>(ReferenceEqualityComparer.Instance);
        foreach (var step in plan.Steps)
            numbered.Add(step, numbered.Count + 1);
        return numbered;
    }

    private Task WriteAsync(IEnumerable<(NodeStep Item, EntryOutcome Outcome, StepOutcome? End)> entries, CancellationToken cancel)
    {
        var at = now();
        var rows = entries
            .GroupBy(entry => numbers[entry.Item.Step])
            .Select(step => StepRow(step.Key, step.First().Item.Step, [.. step.Select(entry => Run(entry.Item, entry.Outcome, entry.End))], at));
        return store.WriteAsync(string.Join('\n', rows.Select(row => row.ToJson())), cancel);
    }

    private object[] Run(NodeStep item, EntryOutcome outcome, StepOutcome? end) =>
    [
        item.Node,
        Word(outcome),
        end?.ServerCode ?? 0,
        text.Clean(end?.Error ?? ""),
        (long)(end?.Took.TotalMilliseconds ?? 0),
        open.GetValueOrDefault(item, startedAt).ToUnixTimeMilliseconds(),
    ];

    private JournalRow StepRow(int number, Step step, ImmutableArray<object[]> runs, DateTimeOffset at)
    {
        var statements = text.Statements(step);
        return Row("step", at, runs) with
        {
            Step = number,
            Role = step.Role,
            Object = step.Object.Name.Length == 0 ? step.Object.Database : step.Object.ToString(),
            Owner = step.Owner,
            Action = Word(step.Action),
            Phase = Word(step.Phase),
            Risk = Word(step.Risk),
            Statements = statements,
            StatementHash = JournalText.Hash(statements),
        };
    }

    private Task WriteApplyAsync(EntryOutcome outcome, string error, CancellationToken cancel)
    {
        var at = now();
        var took = (long)(at - startedAt).TotalMilliseconds;
        object[] run = ["", Word(outcome), 0, text.Clean(error), Math.Max(0, took), startedAt.ToUnixTimeMilliseconds()];
        return store.WriteAsync((Row("apply", at, [run]) with { Steps = total }).ToJson(), cancel);
    }

    private JournalRow Row(string kind, DateTimeOffset at, IReadOnlyCollection<object[]> runs) => new()
    {
        RecordedAt = at.ToUnixTimeMilliseconds(),
        Kind = kind,
        ApplyId = info.Id,
        PlanId = info.PlanId,
        Project = info.Project,
        User = info.Holder.User,
        Host = info.Holder.Host,
        Pid = info.Holder.ProcessId,
        Command = info.Holder.Command,
        Revision = info.Revision,
        Dirty = info.Dirty,
        Runs = runs,
    };

    private static EntryOutcome Word(StepResult result) => result switch
    {
        StepResult.Done => EntryOutcome.Done,
        StepResult.Failed => EntryOutcome.Failed,
        _ => EntryOutcome.Skipped,
    };

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
