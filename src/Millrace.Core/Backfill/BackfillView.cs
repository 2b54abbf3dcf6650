using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Backfill;

/// <summary>One materialized view of a target, as a backfill needs it. SELECTs read <see cref="SourceToken"/> WHERE <see cref="ConditionToken"/>.</summary>
/// <param name="Source">The table that it reads on the fleet.</param>
/// <param name="Select">What it runs.</param>
/// <param name="Names">What its columns are called, as SQL, in their order.</param>
/// <param name="Keys">Its key's expressions over the source, in the order of the target's keys.</param>
/// <param name="Filter">The rollup's own <c>where</c>; null for none.</param>
/// <param name="Only">Which rows of the result are rebuilt, as SQL over the target's columns; null for all. Live rows flow whatever it says.</param>
public sealed record BackfillView(
    string Name, ObjectName Source, string Select, ImmutableArray<string> Names, ImmutableArray<string> Keys, string? Filter, ImmutableArray<BackfillColumn> Columns, string? Only = null)
{
    public const string SourceToken = "__millrace_source__";

    public const string ConditionToken = "__millrace_condition__";

    /// <summary>The SELECT over another table.</summary>
    public string Over(string source, string condition) => Select
        .Replace(SourceToken, source, StringComparison.Ordinal)
        .Replace(ConditionToken, condition, StringComparison.Ordinal);

    /// <summary>The SELECT over another table, and of its result only what is rebuilt.</summary>
    public string Rebuilt(string source, string condition) =>
        Only is null ? Over(source, condition) : $"SELECT * FROM (\n{Over(source, condition)}\n) WHERE {Only}";
}
