using System.Collections.Immutable;

namespace Millrace.Core.Lineage;

/// <summary>Something that depends on what was asked about, or that it depends on.</summary>
/// <param name="Kind">How the nearest step gets there.</param>
/// <param name="Steps">How many steps away, at least.</param>
/// <param name="Columns">The columns whose values are concerned; empty when the object as a whole is.</param>
/// <param name="Deciding">Upstream: further columns that only decide which rows there are.</param>
/// <param name="Rows">Downstream: true when the column decides which rows there are.</param>
/// <param name="Path">Names along a shortest way, both ends included.</param>
public sealed record ImpactItem(
    LineageNode Node, EdgeKind Kind, int Steps, ImmutableArray<string> Columns, ImmutableArray<string> Deciding, bool Rows, ImmutableArray<string> Path);
