namespace Millrace.Core.Doctor;

/// <summary>Messages of a topic that a consumer group has yet to read.</summary>
public sealed record GroupLag(string Topic, string Group, long Messages);
