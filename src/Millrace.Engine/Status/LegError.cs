namespace Millrace.Engine.Status;

/// <summary>What a consumer complained about last.</summary>
/// <param name="Text">The server's words, cut to a few lines.</param>
public sealed record LegError(DateTimeOffset At, string Text);
