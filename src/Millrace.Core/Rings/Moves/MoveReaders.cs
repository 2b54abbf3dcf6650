namespace Millrace.Core.Rings.Moves;

/// <summary>Statements that point a table that people query at something; each replaces it in one instant.</summary>
/// <param name="Plain">At the table itself, as it is declared.</param>
/// <param name="Before">At the mask that hides the copies.</param>
/// <param name="After">At the mask that shows them.</param>
public sealed record MoveReaders(string Plain, string Before, string After);
