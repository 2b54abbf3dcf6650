using Millrace.Core.Findings;
using Millrace.Core.Planning;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Merges that do something else with the same rows, as an engine showed.</summary>
internal static class MergeOutcomes
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts) =>
        from difference in facts.Merges
        let table = facts.After.Find(difference.Table)
        where table is not null
        select Describe(facts, difference, table);

    private static Breakage Describe(ChangeFacts facts, MergeDifference difference, ObjectState table)
    {
        var views = facts.After.WritersOf(table).ToList();
        var (code, severity, message, fix) = difference.Outcome switch
        {
            MergeOutcome.KeysApart => ("MR360", Severity.Error,
                $"rows of `{table.Ref}` with an equal sorting key are no longer merged where they lie in different partitions: it is partitioned by {Or(table.PartitionKey, "nothing")} now, and was by {Or(facts.Was(table)!.PartitionKey, "nothing")}",
                $"partition by what the sorting key {Key(table)} determines, such as a column of it"),
            MergeOutcome.NewKeyApart => ("MR360", Severity.Warning,
                $"new rows of `{table.Ref}` no longer replace those that are stored: the key {Key(table)} tells them apart, and {Key(facts.Was(table)!)} did not",
                $"a table with another key is another table: create it beside this one, fill it from all the rows, with the values that the new key needs, then EXCHANGE TABLES"),
            MergeOutcome.ManyPartitions => ("MR364", Severity.Warning,
                $"a block of rows with many different keys is refused by `{table.Ref}`: partitioned by {table.PartitionKey}, it has more than 100 partitions",
                "partition by time alone, such as toYYYYMM(at), and put what queries filter by into the sorting key"),
            MergeOutcome.OtherValue => ("MR361", Severity.Error,
                $"merges make another value of `{table.Ref}`.`{difference.Column}` than the view: {difference.Before} when the same rows come in one insert, {difference.After} when they come in two",
                HowToMerge(table, difference.Column!)),
            MergeOutcome.SummedConstant => ("MR361", Severity.Warning,
                $"merges sum `{table.Ref}`.`{difference.Column}`, which is the same in every row: {difference.Before} becomes {difference.After} in two rows of one key",
                $"a type that is not summed, such as SimpleAggregateFunction(any, {table.Column(difference.Column!)?.Type}), or the sorting key"),
            MergeOutcome.Overwrites => ("MR363", Severity.Error,
                $"a row without a value overwrites `{table.Ref}`.`{difference.Column}`: {difference.Before} becomes {difference.After}, where NULL would leave it",
                $"keep it Nullable all the way from `{views.FirstOrDefault()?.Ref.ToString() ?? table.Ref.ToString()}`, and send NULL for what is not known"),
            MergeOutcome.RowsVanish => ("MR362", Severity.Warning,
                $"merges delete rows of `{table.Ref}`: this {table.Engine} keeps no row in which everything that it sums is zero, and {Lost(facts, table)} is no longer in the sum",
                "keep a column that is never zero, such as count() AS rows"),
            MergeOutcome.RepeatsDropped => ("MR365", Severity.Warning,
                $"an insert into `{table.Ref}` that is equal to an earlier one is dropped now, whoever sends it: {Settings(facts, table)}",
                "leave the setting as it was; a retry is told from another insert of the same rows by insert_deduplication_token"),
            MergeOutcome.RepeatsKept => ("MR365", Severity.Warning,
                $"an insert into `{table.Ref}` that is sent again after an error is stored twice now: {Settings(facts, table)}",
                "leave the setting as it was"),
            MergeOutcome.InsertsRefused => ("MR365", Severity.Warning,
                $"inserts into `{table.Ref}` are refused while merges are behind: {Settings(facts, table)}",
                "leave the setting as it was, and insert in larger blocks where there are too many parts"),
            _ => throw new InvalidOperationException($"{difference.Outcome} has no words"),
        };
        return new(code, severity, message)
        {
            Where = table.Ref,
            Column = difference.Column,
            Causes = [.. views.Select(view => view.Ref).Prepend(table.Ref).Concat(Flow.Upstream(facts.After, table).Select(item => item.Ref)).Where(facts.IsChanged)],
            Path = Flow.Text(facts.After, difference.Column, views.FirstOrDefault()?.Ref, table.Ref),
            Evidence = [Measured(difference)],
            Fix = fix,
        };
    }

    private static string HowToMerge(ObjectState table, string column) =>
        MergingEngine.Arguments(table.Shape).Count > 0 && MergingEngine.Family(table.Engine) == "SummingMergeTree" && !MergingEngine.Arguments(table.Shape).Contains(column)
            ? $"this table sums {string.Join(", ", MergingEngine.Arguments(table.Shape))} only, and no ALTER adds to that: fill a table of its own with `{column}`"
            : $"a type that says how values are merged, such as SimpleAggregateFunction(max, {table.Column(column)?.Type}) or AggregateFunction(...)";

    /// <summary>The numbers that came into the table before.</summary>
    private static string Lost(ChangeFacts facts, ObjectState table)
    {
        var was = facts.Was(table)!;
        var (then, now) = (MergeCandidates.Fed(facts.Before!, was), MergeCandidates.Fed(facts.After, table));
        var lost = was.Shape.Columns.Where(column => MergeCandidates.IsNumber(column.Type) && then.Contains(column.Name) && (!now.Contains(column.Name) || table.Column(column.Name) is null))
            .Select(column => $"`{column.Name}`").ToList();
        return lost.Count == 0 ? "what kept it" : string.Join(", ", lost);
    }

    private static string Settings(ChangeFacts facts, ObjectState table)
    {
        var (then, now) = (EngineClauses.Read(facts.Was(table)!.Shape.EngineFull).Settings, EngineClauses.Read(table.Shape.EngineFull).Settings);
        return string.Join(", ", then.Keys.Union(now.Keys).Where(key => then.GetValueOrDefault(key) != now.GetValueOrDefault(key)).Order(StringComparer.Ordinal)
            .Select(key => $"{key} is {now.GetValueOrDefault(key) ?? "not set"}, and was {then.GetValueOrDefault(key) ?? "not set"}"));
    }

    private static string Measured(MergeDifference difference) => difference.Outcome switch
    {
        MergeOutcome.RepeatsDropped or MergeOutcome.RepeatsKept => $"measured: one block twice and 59 others, a row each: {difference.After} rows now, {difference.Before} before",
        MergeOutcome.InsertsRefused => $"measured: 61 inserts without a merge in between went through before; now, after {difference.After}, {difference.Fault}",
        MergeOutcome.ManyPartitions => $"measured: 500 rows of one moment, {difference.Fault}",
        MergeOutcome.OtherValue => "measured: the same rows, in one insert and in two, after OPTIMIZE TABLE ... FINAL; before the change both gave the same, or there was no such column",
        MergeOutcome.SummedConstant => "measured: one row of a key, and two of them after OPTIMIZE TABLE ... FINAL",
        MergeOutcome.Overwrites => "measured: after a row of the same key with NULL in all columns that may be NULL, and OPTIMIZE TABLE ... FINAL",
        MergeOutcome.RowsVanish => $"measured: of {difference.Before} with one number each that merges kept before, OPTIMIZE TABLE ... FINAL deletes {difference.After}",
        MergeOutcome.KeysApart => $"measured: 3 rows with an equal key, and {difference.After} left after OPTIMIZE TABLE ... FINAL, {difference.Before} before the change",
        _ => $"measured: 3 rows, one stored before the change, and {difference.After} left after OPTIMIZE TABLE ... FINAL, {difference.Before} without it",
    };

    private static string Key(ObjectState table) => $"({Or(table.SortingKey, "nothing")})";

    private static string Or(string text, string otherwise) => text.Length == 0 ? otherwise : text;
}
