using Millrace.Core.Findings;
using Millrace.Core.Journal;

namespace Millrace.Cli.Output;

/// <summary>The journal as people read it: applies, newest first, each with what it did in a few lines.</summary>
/// <param name="now">What "ago" is counted from.</param>
public sealed class HistoryText(Terminal terminal, DateTimeOffset now)
{
    /// <summary>Lines of an apply unless it is shown in full; what went wrong is always shown.</summary>
    private const int Lines = 6;

    public bool InFull { get; init; }

    public bool WithStatements { get; init; }

    public void Write(IReadOnlyList<JournalApply> applies)
    {
        if (applies.Count == 0)
            terminal.Out.WriteLine("Nothing was applied yet, as far as asked.");
        foreach (var apply in applies)
        {
            WriteHeader(apply);
            WriteSteps(apply);
            terminal.Out.WriteLine();
        }
    }

    private void WriteHeader(JournalApply apply)
    {
        var (info, word) = (apply.Info, apply.IsRunning ? "running" : Word(apply.Outcome));
        var revision = info.Revision.Length == 0 ? "" : $"  git {info.Revision[..Math.Min(7, info.Revision.Length)]}{(info.Dirty ? "+" : "")}";
        terminal.Out.WriteLine(
            $"{terminal.Paint(info.Id, Ink.Bold)}  {terminal.Paint(word, InkOf(apply))}  {Counts(apply)}  "
            + $"{apply.StartedAt:yyyy-MM-dd HH:mm:ss} UTC ({Duration.Words(now - apply.StartedAt)} ago)  "
            + $"{info.Holder.User}@{info.Holder.Host}  {info.Project}  plan {info.PlanId}{revision}");
        if (apply.Error.Length > 0)
            terminal.Out.WriteLine($"  {terminal.Paint(apply.Error, Ink.Red)}");
    }

    /// <summary>Equal steps on many nodes are one line.</summary>
    private void WriteSteps(JournalApply apply)
    {
        var groups = apply.Entries.GroupBy(e => (e.Step, e.Outcome, e.ErrorCode, e.Error)).ToList();
        var shown = InFull || groups.Count <= Lines
            ? groups
            : [.. groups.Where(g => IsBad(g.Key.Outcome)).Concat(groups.Where(g => !IsBad(g.Key.Outcome))).Take(Math.Max(Lines, groups.Count(g => IsBad(g.Key.Outcome))))];
        var rows = shown.ConvertAll(group => Row([.. group]));
        if (rows.Count > 0)
        {
            var lines = TextTable.Render(rows).TrimEnd('\n').Split('\n');
            foreach (var (line, group) in lines.Zip(shown))
                WriteGroup(line, [.. group]);
        }

        if (groups.Count > shown.Count)
            terminal.Out.WriteLine(terminal.Paint(
                $"  and {Counted.Of(groups.Count - shown.Count, "line")} more:  millrace history --apply {apply.Info.Id}", Ink.Dim));
    }

    private void WriteGroup(string line, IReadOnlyList<JournalEntry> group)
    {
        terminal.Out.WriteLine("  " + (IsBad(group[0].Outcome) ? terminal.Paint(line, Ink.Red) : line));
        if (group[0].Error.Length > 0)
            terminal.Out.WriteLine($"    {(group[0].ErrorCode > 0 ? $"error {group[0].ErrorCode}: " : "")}{group[0].Error.Replace("\n", "\n    ", StringComparison.Ordinal)}");
        if (WithStatements)
            terminal.Out.WriteLine($"    {group[0].Statements.Replace("\n", "\n    ", StringComparison.Ordinal)};");
    }

    private static string[] Row(IReadOnlyList<JournalEntry> group) =>
    [
        Word(group[0].Outcome),
        group[0].Action,
        group[0].Object,
        group[0].Role,
        NodeList.Of([.. group.Select(entry => entry.Node)]),
        Duration.Words(group.Max(entry => entry.Took)),
        group[0].Risk,
    ];

    private static string Counts(JournalApply apply)
    {
        var counts = apply.Entries.CountBy(entry => entry.Outcome).OrderBy(pair => pair.Key)
            .Select(pair => $"{pair.Value} {Word(pair.Key)}").ToList();
        var unseen = apply.Steps - apply.Entries.Length;
        return counts.Count == 0 ? $"0 of {Counted.Of(apply.Steps, "step")}"
            : string.Join(", ", counts) + (unseen > 0 ? $" of {apply.Steps}" : "");
    }

    private static bool IsBad(EntryOutcome outcome) => outcome is EntryOutcome.Failed or EntryOutcome.Interrupted;

    private static Ink InkOf(JournalApply apply) => apply.Outcome switch
    {
        EntryOutcome.Done => Ink.Green,
        EntryOutcome.Started => Ink.Cyan,
        EntryOutcome.Interrupted => Ink.Yellow,
        _ => Ink.Red,
    };

    private static string Word(EntryOutcome outcome) => outcome.ToString().ToLowerInvariant();
}
