namespace Millrace.Engine.Observe;

/// <summary>One line of a settings profile: a setting with its value, or a parent profile.</summary>
/// <param name="Profile">Empty for the server's own defaults.</param>
/// <param name="Parent">The inherited profile; empty when this line is a setting.</param>
internal sealed record ProfileElement(string Profile, string Setting, string Value, string Parent);
