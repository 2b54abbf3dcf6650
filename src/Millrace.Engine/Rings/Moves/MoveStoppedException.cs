namespace Millrace.Engine.Rings.Moves;

/// <summary>A move found something that forbids it to go on; what it did is taken back.</summary>
public sealed class MoveStoppedException(string message) : Exception(message);
