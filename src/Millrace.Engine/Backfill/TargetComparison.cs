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
        CompareAsync(parts, stored, column => column, null, cancel);

    /// <summary>What is light in every bucket, and states in one: they cost as much to compare as to make.</summary>
    public async Task<IReadOnlyList<string>> SampleAsync(
        ImmutableArray<(BackfillView View, ObjectName From, string Condition)> parts, ObjectName stored, int bucket, CancellationToken cancel)
    {
        var light = columns.Count(column => column.IsLight);
        if (light == 0 || light == columns.Length)
            return await AllAsync(parts, stored, cancel);
        if (!parts.Any(part => shard.Job.Sources.Contains(part.View.Source)))
            return await CompareAsync(parts, stored, Light, null, cancel);
        // Together where calls can be limited to a bucket: the source is then read once.
        if (target.Views.SelectMany(view => view.Columns).All(column => Sampled(column) is not null))
            return await CompareAsync(parts, stored, Sampled, null, cancel);
        var found = await CompareAsync(parts, stored, Light, null, cancel);
        return found.Count > 0 ? found : await CompareAsync(parts, stored, column => column.IsLight ? null : column, bucket, cancel);

        static BackfillColumn? Light(BackfillColumn column) => column.IsLight ? column : null;

        BackfillColumn? Sampled(BackfillColumn column) => column.IsLight || !column.IsComparable ? column : column.Where(CompareSql.InBucket(bucket));
    }

    private async Task<IReadOnlyList<string>> CompareAsync(
        ImmutableArray<(BackfillView View, ObjectName From, string Condition)> parts, ObjectName stored,
        Func<BackfillColumn, BackfillColumn?> compared, int? bucket, CancellationToken cancel)
    {
        // Views have columns of the same names and functions, but each over its own source.
        var source = parts is [var (view, from, condition)]
            ? CompareSql.Source(target, view, Compared(view), from, condition, bucket, isPartial)
            : CompareSql.Stored(target, parts[0].View, Compared(target.Views[0]), Union(parts), bucket);
        var one = shard.TextAsync(source, cancel);
        var other = shard.TextAsync(CompareSql.Stored(target, parts[0].View, Compared(target.Views[0]), Stored(stored, parts[0].View.Only), bucket), cancel);
        return Buckets.Differences(await one, await other);

        IEnumerable<BackfillColumn> Compared(BackfillView view) => view.Columns.Where(column => column.IsComparable).Select(compared).OfType<BackfillColumn>();
    }

    private static string Stored(ObjectName stored, string? only) =>
        only is not null ? $"(SELECT * FROM {Quote.Name(stored)} WHERE {only})" : Quote.Name(stored);

    private static string Union(ImmutableArray<(BackfillView View, ObjectName From, string Condition)> parts) =>
        $"(\n{string.Join("\nUNION ALL\n", parts.Select(part => part.View.Rebuilt(Quote.Name(part.From), part.Condition)))}\n)";
}
