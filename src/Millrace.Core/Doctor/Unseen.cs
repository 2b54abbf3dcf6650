namespace Millrace.Core.Doctor;

/// <summary>Something that a node would not tell.</summary>
/// <param name="What">Such as <c>system.kafka_consumers</c>.</param>
/// <param name="Reason">The server's words.</param>
public sealed record Unseen(string What, string Reason);
