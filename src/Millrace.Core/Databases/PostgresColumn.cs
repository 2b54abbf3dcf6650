namespace Millrace.Core.Databases;

/// <summary>One column of a table in Postgres.</summary>
/// <param name="MustBeGiven">NOT NULL, and nothing fills it where an INSERT leaves it out.</param>
/// <param name="Longest">Characters that it takes; null for no limit.</param>
public sealed record PostgresColumn(string Name, bool MustBeGiven, int? Longest = null);
