namespace Millrace.Core.Databases;

/// <summary>One column of a table in Postgres.</summary>
/// <param name="MustBeGiven">NOT NULL, and nothing fills it where an INSERT leaves it out.</param>
/// <param name="Longest">Characters that it takes; null for no limit.</param>
/// <param name="IsInstant">A point in time (<c>timestamptz</c>): what is written without a zone is read in the session's.</param>
public sealed record PostgresColumn(string Name, bool MustBeGiven, int? Longest = null, bool IsInstant = false);
