namespace Millrace.Engine.Backfill;

/// <summary>The newest state of one thing of a backfill on one node.</summary>
public sealed record BackfillEntry(string Kind, string Key, string State, string Data, DateTimeOffset At);
