using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Core.Breaking;

/// <summary>What the statements of a script did to stored rows. Tables are known by their identity: their names may change on the way.</summary>
public sealed record RowsLog
{
    public static RowsLog Nothing { get; } = new();

    /// <summary>Tables that ended, with the statement that ended each.</summary>
    public ImmutableDictionary<string, SourceRef> Gone { get; init; } = ImmutableDictionary<string, SourceRef>.Empty;

    /// <summary>Tables, views and proxies whose rows a statement wrote elsewhere.</summary>
    public ImmutableHashSet<string> Copied { get; init; } = [];

    /// <summary>Tables that a statement filled by a SELECT.</summary>
    public ImmutableHashSet<string> Filled { get; init; } = [];

    public ImmutableArray<RowsDeleted> Deleted { get; init; } = [];

    /// <summary>True for a column that was dropped and is there again: it holds none of the values that it had.</summary>
    public bool IsEmptied(string table, string column) => Deleted.Any(item => item.Table == table && item.Column == column);
}
