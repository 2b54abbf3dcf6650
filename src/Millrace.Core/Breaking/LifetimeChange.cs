using System.Collections.Immutable;
using Millrace.Core.Planning;

namespace Millrace.Core.Breaking;

/// <summary>Another TTL of a table's rows, or of one of its columns.</summary>
/// <param name="Column">Null for whole rows.</param>
public sealed record LifetimeChange(ObjectState Table, string? Column, ImmutableArray<Lifetime> Then, ImmutableArray<Lifetime> Now)
{
    /// <summary>Those that by their text alone may delete more; only an engine can tell.</summary>
    public static IEnumerable<LifetimeChange> Of(ChangeFacts facts)
    {
        foreach (var table in facts.After.Objects.Where(item => item.Engine.EndsWith("MergeTree", StringComparison.Ordinal)))
        {
            if (facts.Was(table) is not { } was)
                continue;
            if (Read(table, null, EngineClauses.Read(was.Shape.EngineFull).Ttl, EngineClauses.Read(table.Shape.EngineFull).Ttl) is { } rows)
                yield return rows;
            var before = ColumnLifetimes.Of(was.Shape);
            foreach (var (column, now) in ColumnLifetimes.Of(table.Shape))
                if (Read(table, column, before.GetValueOrDefault(column, ""), now) is { } values)
                    yield return values;
        }
    }

    private static LifetimeChange? Read(ObjectState table, string? column, string was, string now) =>
        TtlChange.MayDelete(was, now) && Lifetime.Of(was) is { } then && Lifetime.Of(now) is { } ends ? new(table, column, then, ends) : null;
}
