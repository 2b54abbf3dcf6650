using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;

namespace Millrace.Engine.Breaking;

/// <summary>What two runs of a probe have not in common, leaving out what even two runs of the same world have not.</summary>
internal sealed class ProbeComparison(
    ImmutableDictionary<ObjectRef, ProbeReading> first,
    ImmutableDictionary<ObjectRef, ProbeReading> second,
    ImmutableDictionary<ObjectRef, ProbeReading> after)
{
    /// <summary>What columns hold of which a row says nothing, as they are printed.</summary>
    private static readonly string[] Empty =
        ["", "0", "false", "[]", "{}", "1970-01-01", "1900-01-01", "1970-01-01 00:00:00", "00000000-0000-0000-0000-000000000000", "0.0.0.0", "::"];

    public IEnumerable<ProbeDifference> Differences() =>
        from pair in second.OrderBy(pair => pair.Key)
        where pair.Value.Fault is null && first.ContainsKey(pair.Key) && after.ContainsKey(pair.Key)
        from difference in Compare(pair.Key, first[pair.Key], pair.Value, after[pair.Key])
        select difference;

    private static IEnumerable<ProbeDifference> Compare(ObjectRef item, ProbeReading earlier, ProbeReading was, ProbeReading now)
    {
        if (now.Fault is not null)
        {
            yield return new(ProbeOutcome.ReadFails, item) { Fault = now.Fault };
            yield break;
        }

        if (earlier.Rows != was.Rows)
            yield break;
        if (now.Rows != was.Rows)
        {
            yield return new(now.Rows < was.Rows ? ProbeOutcome.RowsMissing : ProbeOutcome.RowsAdded, item)
            {
                Before = Counted.Of(was.Rows, "row"), After = Counted.Of(now.Rows, "row"),
            };
            yield break;
        }

        foreach (var (column, (type, values)) in was.Columns.OrderBy(pair => pair.Key, StringComparer.Ordinal))
            if (now.Columns.TryGetValue(column, out var then) && then.Type == type
                && earlier.Columns[column].Values.SequenceEqual(values) && !then.Values.SequenceEqual(values))
                yield return new(ProbeOutcome.Values, item) { Column = column, Before = Only(values, then.Values), After = Only(then.Values, values), IsOnlyNull = IsOnlyNull(values, then.Values) };
    }

    private static bool IsOnlyNull(ImmutableArray<string> values, ImmutableArray<string> others) =>
        More(others, values).All(value => value == "\\N") && More(values, others).All(Empty.Contains);

    /// <summary>The first value that one list has more of than the other.</summary>
    private static string Only(ImmutableArray<string> values, ImmutableArray<string> others) =>
        More(values, others).FirstOrDefault() is { } value ? ShownValue.Of(value) : "";

    private static IEnumerable<string> More(ImmutableArray<string> values, ImmutableArray<string> others)
    {
        var left = others.CountBy(value => value).ToDictionary();
        foreach (var value in values)
            if (left.TryGetValue(value, out var count) && count > 0)
                left[value] = count - 1;
            else
                yield return value;
    }
}
