using System.Collections.Frozen;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>How an aggregate of a rollup is stored: as a state, as a plain value that merges by itself, or as a sum.</summary>
internal sealed class StoredAggregate(RollupGraph graph, Rollup rollup, RollupColumn column)
{
    /// <summary>Functions whose states are values and merge by the function itself (<c>SimpleAggregateFunction</c>).</summary>
    private static readonly FrozenSet<string> Simple = FrozenSet.Create(
        StringComparer.Ordinal, "any", "anyLast", "groupBitAnd", "groupBitOr", "groupBitXor", "max", "min", "sum");

    private readonly AggregateCall call = graph.Function(rollup, column)
        ?? throw new InvalidOperationException($"`{column.Name}` of rollup {rollup.Name} is no aggregate; checks come first");

    private bool IsPlain => rollup.Into.EngineName != "AggregatingMergeTree";

    private bool IsSimple => Simple.Contains(call.Function) && call.Parameters.Length == 0;

    /// <summary>The expression of the materialized view.</summary>
    public string InView
    {
        get
        {
            if (AggregateCall.Parse(column.Expression) is { } written)
                return IsPlain ? column.Expression : IsSimple ? written.SimpleState : written.State;
            var above = Quote.Name(column.Expression.Trim());
            return graph.Parent(rollup)!.Into.EngineName != "AggregatingMergeTree" ? $"sum{(IsPlain ? "" : "SimpleState")}({above})"
                : IsSimple ? call.Over(above, IsPlain ? "" : "SimpleState")
                : call.Over(above, IsPlain ? "Merge" : "MergeState");
        }
    }

    /// <summary>The value for people, out of a stored column.</summary>
    public string Merged => MergedFrom(Quote.Name(column.Name));

    public string MergedFrom(string stored) =>
        IsPlain ? $"sum({stored})" : IsSimple ? call.Over(stored, "") : call.Over(stored, "Merge");
}
