using Millrace.Core.Sql;

namespace Millrace.Core.Breaking.Rules;

/// <summary>What to do about a target that cannot take what its view sends: only what an engine has shown to work, and to hurt nothing.</summary>
internal static class TargetAdvice
{
    public static string For(ChangeFacts facts, ObjectRef table, string column, TypePath path, CastVerdict verdict)
    {
        var wider = Widening.For(table, column, path.From, path.To);
        var advice = facts.Widenings.Contains(wider)
            ? $"widen the target first: ALTER TABLE {Quote.Name(table.Name)} MODIFY COLUMN {Quote.Name(column)} {wider.Type}"
            : Without(facts, wider);
        return InView(verdict) is { } other ? $"{advice}; or {other}" : advice;
    }

    /// <summary>Where no ALTER helps, what is stored stays as it is.</summary>
    private static string Without(ChangeFacts facts, Widening wider)
    {
        var (table, column) = (Quote.Name(wider.Table.Name), Quote.Name(wider.Column));
        if (TypeText.Unwrap(wider.Was, "AggregateFunction") is not null)
            return $"no ALTER converts states: make a new table with {column} {wider.Type}, fill it from the source anew, and EXCHANGE it with {table}; or have the view make states of the old type";
        if (facts.After.Find(wider.Table)?.KeyColumns.Contains(wider.Column) == true)
            return $"no ALTER changes a key column: make a new table with {column} {wider.Type}, copy the rows, and EXCHANGE it with {table}";
        return $"do not MODIFY {column} of {table}, what it holds would not survive: add a column of type {wider.Type} and have the view fill that one";
    }

    /// <summary>A CAST says that a loss is meant; it does nothing for NULL, nor between types that do not convert.</summary>
    private static string? InView(CastVerdict verdict) =>
        verdict.Impossible is not null ? null
        : verdict.Altered.IsEmpty && !verdict.Refused.IsEmpty && verdict.Refused.All(pair => pair.Sent == "NULL") ? "say in the view what becomes of NULL: ifNull, or a filter"
        : "CAST in the view to say that it is meant";
}
