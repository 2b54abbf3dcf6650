using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The SELECTs of a rollup: what its materialized view runs, and how people read the result.</summary>
public sealed class RollupSelect(RollupGraph graph, Rollup rollup)
{
    /// <summary>The SELECT of the view.</summary>
    public string View => Over(Quote.Name(graph.Source(rollup)));

    /// <summary>The same SELECT over another table of the same columns, such as a snapshot of the source.</summary>
    /// <param name="source">As it stands in a FROM clause.</param>
    /// <param name="condition">Only rows for which this holds as well.</param>
    public string Over(string source, string? condition = null)
    {
        var columns = Expressions();
        var isNested = columns.Any(column => IsAmbiguous(column, columns));
        var aliases = columns.Select((column, i) => isNested ? $"_{i + 1}" : Quote.Name(column.Name)).ToImmutableArray();
        var select = Render(
            columns.Select((column, i) => column.Sql == aliases[i] ? column.Sql : $"{column.Sql} AS {aliases[i]}"),
            source, Where(condition), aliases.Take(rollup.GroupBy.Length));
        return isNested
            ? $"SELECT\n    {string.Join(",\n    ", columns.Select((column, i) => $"{aliases[i]} AS {Quote.Name(column.Name)}"))}\nFROM\n(\n{select}\n)"
            : select;
    }

    /// <summary>The SELECT that people read: one row per key, values instead of states.</summary>
    public string Merged(ObjectName stored)
    {
        if (rollup.GroupBy.IsEmpty)
            return $"SELECT\n    {string.Join(",\n    ", rollup.Columns.Select(column => Quote.Name(column.Name)))}\nFROM {Quote.Name(stored)}{Final}";
        var keys = rollup.GroupBy.Select(key => Quote.Name(key.Name)).ToImmutableArray();
        var values = rollup.Aggregates.Select(column => $"{new StoredAggregate(graph, rollup, column).Merged} AS {Quote.Name(column.Name)}");
        return Render(keys.Concat(values), Quote.Name(stored), "", keys);
    }

    /// <summary>The merged value of a stored aggregate, such as <c>uniqMerge(users)</c>.</summary>
    public string MergedValue(RollupColumn aggregate, string stored) => new StoredAggregate(graph, rollup, aggregate).MergedFrom(stored);

    /// <summary>The merged value of an aggregate, computed from the rows that the rollup reads.</summary>
    public string SourceValue(RollupColumn aggregate) => AggregateCall.Parse(aggregate.Expression) is not null
        ? aggregate.Expression
        : new RollupSelect(graph, graph.Parent(rollup)!).MergedValue(
            graph.Parent(rollup)!.Aggregates.First(column => column.Name == aggregate.Expression.Trim()), Quote.Name(aggregate.Expression.Trim()));

    /// <summary>Engines that keep one row of several only when they merge are read as if they had.</summary>
    private string Final => rollup.Into.EngineName is "MergeTree" ? "" : " FINAL";

    private ImmutableArray<(string Name, string Sql, bool IsKey)> Expressions() =>
    [
        .. rollup.GroupBy.Select(key => (key.Name, key.Expression.Trim(), true)),
        .. rollup.Aggregates.Select(column => (column.Name, new StoredAggregate(graph, rollup, column).InView, false)),
        .. rollup.Columns.Select(column => (column.Name, column.Expression.Trim(), false)),
    ];

    /// <summary>
    /// Whether a column has the name of a source column that something else reads: the engine would take the one for the
    /// other. The result is then named in an outer SELECT.
    /// </summary>
    private bool IsAmbiguous((string Name, string Sql, bool IsKey) column, ImmutableArray<(string Name, string Sql, bool IsKey)> all)
    {
        if (column.Sql == Quote.Name(column.Name) || !graph.SourceColumns(rollup).Contains(column.Name))
            return false;
        var word = new Regex($@"\b{Regex.Escape(column.Name)}\b", RegexOptions.CultureInvariant, TimeSpan.FromSeconds(1));
        return column.IsKey || (rollup.Where is not null && word.IsMatch(rollup.Where))
            || all.Any(other => other.Name != column.Name && word.IsMatch(other.Sql));
    }

    private string Where(string? condition) => (rollup.Where, condition) switch
    {
        (null, null) => "",
        ({ } own, null) => $"\nWHERE {own}",
        (null, { } other) => $"\nWHERE {other}",
        ({ } own, { } other) => $"\nWHERE ({own}) AND {other}",
    };

    private static string Render(IEnumerable<string> columns, string from, string where, IEnumerable<string> keys)
    {
        var group = string.Join(", ", keys);
        return $"SELECT\n    {string.Join(",\n    ", columns)}\nFROM {from}{where}{(group.Length == 0 ? "" : $"\nGROUP BY {group}")}";
    }
}
