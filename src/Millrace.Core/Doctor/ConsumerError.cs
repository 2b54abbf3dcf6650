namespace Millrace.Core.Doctor;

/// <summary>One exception of a consumer: the broker's, or the insert's.</summary>
public sealed record ConsumerError(DateTimeOffset At, string Text);
