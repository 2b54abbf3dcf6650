using System.Collections.Immutable;

namespace Millrace.Core.Databases;

/// <summary>A table as Postgres has it.</summary>
/// <param name="IsPlain">An ordinary table: its indexes can be made beside writers.</param>
/// <param name="Unique">
/// The columns of each unique index that <c>ON CONFLICT</c> can mean; null where the relation has no indexes of its own, as a view.
/// </param>
public sealed record PostgresTable(
    string Schema, string Name, bool IsPlain, ImmutableArray<PostgresColumn> Columns, ImmutableArray<ImmutableArray<string>>? Unique);
