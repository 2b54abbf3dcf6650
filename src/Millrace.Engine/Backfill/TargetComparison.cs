using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Engine.Backfill;

/// <summary>Compares what a table holds with what its views make of their sources, by buckets of keys.</summary>
/// <param name="isPartial">True when only some partitions of the target are looked at.</param>
internal sealed class TargetComparison(ShardSession shard, BackfillTarget target, bool isPartial)
{
    /// <summary>What differs, one sentence each.</summary>
    public async Task<IReadOnlyList<string>> RunAsync(
        ImmutableArray<(BackfillView View, ObjectName From, string Condition)> parts, ObjectName stored, CancellationToken cancel)
    {
        var source = parts is [var (view, from, condition)]
            ? CompareSql.Source(target, view, from, condition, isPartial)
            : CompareSql.Stored(
                target, parts[0].View, $"(\n{string.Join("\nUNION ALL\n", parts.Select(part => part.View.Over(Quote.Name(part.From), part.Condition)))}\n)");
        var one = shard.TextAsync(source, cancel);
        var other = shard.TextAsync(CompareSql.Stored(target, parts[0].View, Quote.Name(stored)), cancel);
        return Buckets.Differences(await one, await other);
    }
}
