namespace Millrace.Engine.Status;

/// <summary>What the broker says about a consumer group.</summary>
/// <param name="Messages">Kept by the broker and not committed; null when it is not known.</param>
/// <param name="Trouble">Why it is not known; empty when it is.</param>
public sealed record LagAnswer(long? Messages, string Trouble = "");
