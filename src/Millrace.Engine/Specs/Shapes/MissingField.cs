namespace Millrace.Engine.Specs.Shapes;

/// <summary>The finding for a key that is absent, where it needs its own code and reasons.</summary>
internal sealed record MissingField(string Code, string Message, string Fix);
