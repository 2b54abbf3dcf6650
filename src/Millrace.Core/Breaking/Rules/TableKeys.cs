using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking.Rules;

/// <summary>What a table's engine clause says beside its columns: version columns, replica paths, TTL.</summary>
internal static class TableKeys
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts)
    {
        foreach (var table in facts.After.Objects.Where(item => item.Engine.EndsWith("MergeTree", StringComparison.Ordinal)))
        {
            if (facts.Was(table) is not { } was)
                continue;
            foreach (var shorter in ShorterColumns(facts, table, was))
                yield return shorter;
            if (was.Shape.EngineFull == table.Shape.EngineFull)
                continue;
            var (then, now) = (EngineClauses.Read(was.Shape.EngineFull), EngineClauses.Read(table.Shape.EngineFull));
            if (TtlChange.MayDelete(then.Ttl, now.Ttl) && !facts.NotShorter.Contains((table.Ref, null)))
                yield return ShorterLife(table, then.Ttl, now.Ttl);
            var (oldArguments, arguments) = (MergingEngine.Arguments(was.Shape), MergingEngine.Arguments(table.Shape));
            if (MergingEngine.Family(was.Engine) == MergingEngine.Family(table.Engine) && MergingEngine.Collapses(table.Engine)
                && oldArguments.Any(argument => !arguments.Contains(argument)))
                yield return OtherDecider(table, oldArguments, arguments);
        }

        foreach (var proxy in facts.After.Objects.Where(item => item.Engine == "Distributed"))
            if (facts.Was(proxy) is { Engine: "Distributed" } former && facts.After.Behind(proxy) is { } behind && MergingEngine.Collapses(behind.Engine)
                && facts.Before!.Behind(former)?.Ref == behind.Ref && former.Shape.EngineFull != proxy.Shape.EngineFull)
                yield return OtherShards(proxy, behind, former);
        foreach (var twins in SharedPaths(facts))
            yield return twins;
    }

    private static Breakage ShorterLife(ObjectState table, string then, string now) =>
        new("MR332", Severity.Warning,
            $"`{table.Ref}` may delete rows that it holds: its TTL is {now}" + (then.Length == 0 ? ", and it had none" : $", and was {then}"))
        {
            Where = table.Ref,
            Causes = [table.Ref],
            Fix = "count what would go first, with the TTL's expression compared to now()",
        };

    /// <summary>A column's own TTL leaves the row, and puts the column's default in place of the value.</summary>
    private static IEnumerable<Breakage> ShorterColumns(ChangeFacts facts, ObjectState table, ObjectState was)
    {
        if (was.Shape.CreateQuery == table.Shape.CreateQuery)
            yield break;
        var before = ColumnLifetimes.Of(was.Shape);
        foreach (var (column, now) in ColumnLifetimes.Of(table.Shape).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            var then = before.GetValueOrDefault(column, "");
            if (was.Column(column) is { } old && TtlChange.MayDelete(then, now) && !facts.NotShorter.Contains((table.Ref, column)))
                yield return new("MR332", Severity.Warning,
                    $"merges may replace stored values of `{table.Ref}`.`{column}` by {(old.DefaultExpression.Length > 0 ? old.DefaultExpression : "the empty value of its type")}: its TTL is {now}"
                    + (then.Length == 0 ? ", and it had none" : $", and was {then}"))
                {
                    Where = table.Ref,
                    Column = column,
                    Causes = [table.Ref],
                    Fix = $"count what would go first: SELECT count() FROM {Quote.Name(table.Name)} WHERE {now} < now()",
                };
        }
    }

    private static Breakage OtherDecider(ObjectState table, IReadOnlyList<string> then, IReadOnlyList<string> now) =>
        new("MR333", Severity.Error,
            $"merges of `{table.Ref}` keep other rows: {table.Engine}({string.Join(", ", now)}) now, {table.Engine}({string.Join(", ", then)}) before")
        {
            Where = table.Ref,
            Causes = [table.Ref],
            Fix = "keep the engine's arguments; a table with others is another table, filled beside this one",
        };

    private static Breakage OtherShards(ObjectState proxy, ObjectState table, ObjectState was) =>
        new("MR335", Severity.Warning,
            $"rows with an equal key may land on different shards of `{table.Ref}`, where no merge brings them together: `{proxy.Ref}` spreads them otherwise")
        {
            Where = proxy.Ref,
            Causes = [proxy.Ref],
            Evidence = [$"before: {was.Shape.EngineFull}", $"after:  {proxy.Shape.EngineFull}"],
            Fix = "keep the sharding key, or move the rows that are stored to where new ones go",
        };

    /// <summary>Two tables under one path of the Keeper are replicas of each other: each gets the other's rows.</summary>
    private static IEnumerable<Breakage> SharedPaths(ChangeFacts facts)
    {
        var replicated = facts.After.Objects.Where(item => item.Engine.StartsWith("Replicated", StringComparison.Ordinal))
            .GroupBy(PathOf).Where(group => group.Key is not null);
        foreach (var group in replicated)
        {
            var names = group.Select(item => item.Name).Distinct().ToList();
            var fresh = group.FirstOrDefault(item => facts.Before is null || facts.Was(item) is not { } was || PathOf(was) != group.Key);
            if (names.Count < 2 || fresh is null)
                continue;
            yield return new("MR331", Severity.Error,
                $"`{names[0]}` and `{names[1]}` have one Keeper path, {group.Key}: they would be replicas of each other")
            {
                Where = fresh.Ref,
                Causes = [fresh.Ref],
                Fix = "a path of its own for each table, such as one with {database} and {table} or {uuid}",
            };
        }
    }

    private static string? PathOf(ObjectState table)
    {
        var head = EngineClauses.Read(table.Shape.EngineFull).Head;
        var open = head.IndexOf('(', StringComparison.Ordinal);
        if (open < 0 || !head[(open + 1)..].StartsWith('\''))
            return null;
        var path = head[(open + 2)..].Split('\'')[0];
        return path.Contains("{uuid}", StringComparison.Ordinal)
            ? null
            : path.Replace("{database}", table.Name.Database, StringComparison.Ordinal).Replace("{table}", table.Name.Name, StringComparison.Ordinal);
    }
}
