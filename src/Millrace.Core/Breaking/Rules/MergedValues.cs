using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking.Rules;

/// <summary>What merges make of the values of several rows: a column of a merging table says it by its type.</summary>
internal static class MergedValues
{
    private const string Plain = "any";

    /// <summary>What becomes of 7, stored first, and 3.</summary>
    private static readonly ImmutableDictionary<string, string> OfSevenAndThree = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["sum"] = "10", ["sumWithOverflow"] = "10", ["min"] = "3", ["max"] = "7", ["any"] = "7", ["anyLast"] = "3",
        ["groupBitAnd"] = "3", ["groupBitOr"] = "7", ["groupBitXor"] = "4",
    }.ToImmutableDictionary(StringComparer.Ordinal);

    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from table in facts.After.Objects
        where MergingEngine.Family(table.Engine) is "AggregatingMergeTree" or "SummingMergeTree"
        let was = facts.Was(table)
        where was is not null && MergingEngine.Family(was.Engine) == MergingEngine.Family(table.Engine)
        from column in table.Shape.Columns
        let old = was.Column(column.Name)
        where old is not null && !table.KeyColumns.Contains(column.Name)
        let then = FunctionOf(table, old.Type)
        let now = FunctionOf(table, column.Type)
        where then is not null && now is not null && then != now
        select Describe(facts, table, column.Name, then, now);

    /// <summary>Null where the type itself does not say it: states know their function, and types of states do not convert.</summary>
    private static string? FunctionOf(ObjectState table, string type)
    {
        if (type.StartsWith("AggregateFunction(", StringComparison.Ordinal))
            return null;
        if (TypeText.Unwrap(type, "SimpleAggregateFunction") is { } simple)
            return EngineClauses.TopLevelSplit(simple).First().Trim();
        return MergingEngine.Family(table.Engine) == "AggregatingMergeTree" ? Plain : null;
    }

    private static Breakage Describe(ChangeFacts facts, ObjectState table, string column, string then, string now) =>
        new("MR333", Severity.Error, $"merges make another value of `{table.Ref}`.`{column}`: {Words(now)} now, {Words(then)} before{Example(then, now)}")
        {
            Where = table.Ref,
            Column = column,
            Causes = [table.Ref],
            Path = Flow.Text(facts.After, column, facts.After.WritersOf(table).FirstOrDefault()?.Ref, table.Ref),
            Fix = $"add a column with the other function beside it, fill it from the view, switch readers, and drop `{column}` then",
        };

    private static string Words(string function) => function == Plain ? "any one of the values" : $"the {function} of the values";

    private static string Example(string then, string now) =>
        OfSevenAndThree.TryGetValue(then, out var was) && OfSevenAndThree.TryGetValue(now, out var becomes) && was != becomes
            ? $"; 7 and 3 become {becomes} instead of {was}"
            : "";
}
