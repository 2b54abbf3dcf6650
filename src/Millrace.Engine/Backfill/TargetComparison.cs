using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Engine.Backfill;

/// <summary>Compares what a table holds with what its views make of their sources, by buckets of keys.</summary>
/// <param name="isPartial">True when only some partitions of the target are looked at.</param>
internal sealed class TargetComparison(ShardSession shard, BackfillTarget target, bool isPartial)
{
    private readonly ImmutableArray<BackfillColumn> columns = [.. target.Views[0].Columns.Where(column => column.IsComparable)];

    /// <summary>Everything, in every bucket.</summary>
    public Task<IReadOnlyList<string>> AllAsync(
        ImmutableArray<(BackfillView View, ObjectName From, string Condition)> parts, ObjectName stored, CancellationToken cancel) =>
        CompareAsync(parts, stored, columns, null, cancel);

    /// <summary>What is light in every bucket, and states in one: they cost as much to compare as to make.</summary>
    public async Task<IReadOnlyList<string>> SampleAsync(
        ImmutableArray<(BackfillView View, ObjectName From, string Condition)> parts, ObjectName stored, int bucket, CancellationToken cancel)
    {
        var light = columns.Where(column => column.IsLight).ToImmutableArray();
        if (light.IsEmpty || light.Length == columns.Length)
            return await AllAsync(parts, stored, cancel);
        var found = await CompareAsync(parts, stored, light, null, cancel);
        var isFirst = parts.Any(part => shard.Job.Sources.Contains(part.View.Source));
        return found.Count > 0 || !isFirst ? found : await CompareAsync(parts, stored, [.. columns.Except(light)], bucket, cancel);
    }

    private async Task<IReadOnlyList<string>> CompareAsync(
        ImmutableArray<(BackfillView View, ObjectName From, string Condition)> parts, ObjectName stored,
        ImmutableArray<BackfillColumn> compared, int? bucket, CancellationToken cancel)
    {
        // Views have columns of the same names and functions, but each over its own source.
        var source = parts is [var (view, from, condition)]
            ? CompareSql.Source(target, view, view.Columns.Where(column => compared.Any(c => c.Name == column.Name)), from, condition, bucket, isPartial)
            : CompareSql.Stored(target, parts[0].View, compared, Union(parts), bucket);
        var one = shard.TextAsync(source, cancel);
        var other = shard.TextAsync(CompareSql.Stored(target, parts[0].View, compared, Stored(stored), bucket), cancel);
        return Buckets.Differences(await one, await other);
    }

    private string Stored(ObjectName stored) =>
        target.Views[0].Only is { } only ? $"(SELECT * FROM {Quote.Name(stored)} WHERE {only})" : Quote.Name(stored);

    private static string Union(ImmutableArray<(BackfillView View, ObjectName From, string Condition)> parts) =>
        $"(\n{string.Join("\nUNION ALL\n", parts.Select(part => part.View.Rebuilt(Quote.Name(part.From), part.Condition)))}\n)";
}
