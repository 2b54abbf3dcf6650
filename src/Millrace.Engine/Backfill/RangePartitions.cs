using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Model;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>The partitions of a target in which rows of a range are, or will be once they are filled.</summary>
public static class RangePartitions
{
    /// <param name="job">The rollup's own, over all of it.</param>
    /// <exception cref="UserErrorException">There are none; nothing was changed.</exception>
    /// <exception cref="ServerErrorException">ClickHouse cannot read a time of the range.</exception>
    public static async Task<ImmutableArray<string>> FindAsync(BackfillJob job, BackfillRange range, Fleet fleet, INodeConnector connector, CancellationToken cancel)
    {
        var (target, answers) = (job.Targets[0], new StorageAnswers(job, fleet, connector));
        var found = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var from in target.Views.Select(view => $"(\n{view.Over(Quote.Name(view.Source), "1")}\n)").Prepend(Quote.Name(target.Table)))
            found.UnionWith((await answers.AskAsync($"SELECT DISTINCT {target.PartitionId} AS _found FROM {from} WHERE {range.Condition}", cancel)).SelectMany(node => node.Rows));
        return found.Count > 0 ? [.. found] : throw new UserErrorException(
            $"no row of {string.Join(" or ", target.Views.Select(view => view.Source))} belongs into {target.Table} with {range}, and it holds none");
    }
}
