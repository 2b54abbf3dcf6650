using System.Text.Json;
using Millrace.Core.Journal;

namespace Millrace.Cli.Output;

/// <summary>The journal for machines: an array of applies, newest first.</summary>
public static class HistoryJson
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static string Of(IEnumerable<JournalApply> applies) => JsonSerializer.Serialize(applies.Select(Of), Json);

    private static object Of(JournalApply apply) => new
    {
        apply.Info.Id,
        Outcome = apply.IsRunning ? "running" : Word(apply.Outcome),
        apply.Error,
        apply.Info.PlanId,
        apply.Info.Project,
        apply.Info.Holder.User,
        apply.Info.Holder.Host,
        Pid = apply.Info.Holder.ProcessId,
        apply.Info.Holder.Command,
        apply.Info.Revision,
        apply.Info.Dirty,
        apply.StartedAt,
        DurationMs = (long)apply.Took.TotalMilliseconds,
        apply.Steps,
        Entries = apply.Entries.Select(Of),
    };

    private static object Of(JournalEntry entry) => new
    {
        entry.Step,
        entry.Node,
        entry.Role,
        entry.Object,
        entry.Owner,
        entry.Action,
        entry.Phase,
        entry.Risk,
        Outcome = Word(entry.Outcome),
        entry.ErrorCode,
        entry.Error,
        DurationMs = (long)entry.Took.TotalMilliseconds,
        entry.StartedAt,
        entry.StatementHash,
        entry.Statements,
    };

    private static string Word(EntryOutcome outcome) => outcome.ToString().ToLowerInvariant();
}
