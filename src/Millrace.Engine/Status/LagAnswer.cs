namespace Millrace.Engine.Status;

/// <summary>What the broker says about a consumer group.</summary>
/// <param name="Messages">Kept by the broker and not committed; null when it is not known.</param>
/// <param name="Trouble">Why it is not known; empty when it is.</param>
/// <param name="Committed">Offsets of the group, summed over the partitions: it grows by what was stored.</param>
public sealed record LagAnswer(long? Messages, string Trouble = "", long? Committed = null);
