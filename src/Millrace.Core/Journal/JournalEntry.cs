namespace Millrace.Core.Journal;

/// <summary>The last word on one step on one node.</summary>
/// <param name="Step">Number of the step in its plan, from 1.</param>
/// <param name="StatementHash">SHA-256 of the statements as they are written here, in hexadecimal digits.</param>
/// <param name="Statements">Without secrets; empty when not asked for.</param>
/// <param name="ErrorCode">ClickHouse's error code; 0 when there was none.</param>
/// <param name="StartedAt">By the clock of a storage node.</param>
public sealed record JournalEntry(
    string ApplyId,
    int Step,
    string Node,
    string Role,
    string Object,
    string Owner,
    string Action,
    string Phase,
    string Risk,
    string StatementHash,
    string Statements,
    EntryOutcome Outcome,
    int ErrorCode,
    string Error,
    TimeSpan Took,
    DateTimeOffset StartedAt);
