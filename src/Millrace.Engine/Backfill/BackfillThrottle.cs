using System.Collections.Concurrent;
using Millrace.Core.Backfill;
using Millrace.Core.Model;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;
using Millrace.Engine.Status;

namespace Millrace.Engine.Backfill;

/// <summary>Lets a unit start only while the node and the stream can bear it.</summary>
/// <param name="project">Whose legs feed the sources.</param>
public sealed class BackfillThrottle(Project project, ILagSource lag)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromSeconds(1);

    /// <summary>Groups of which that was said.</summary>
    private readonly ConcurrentDictionary<string, bool> unknown = new(StringComparer.Ordinal);

    internal async Task WaitAsync(ShardSession shard, BackfillUnit unit, CancellationToken cancel)
    {
        for (var told = false; await ReasonAsync(shard, unit, cancel) is { } reason; told = true)
        {
            if (!told)
                shard.Listener.Note(shard.Node.Name, $"waits: {reason}");
            await Task.Delay(AskEvery, cancel);
            await shard.CheckControlAsync(cancel);
        }
    }

    /// <summary>Why a unit must wait; null when it need not.</summary>
    private async Task<string?> ReasonAsync(ShardSession shard, BackfillUnit unit, CancellationToken cancel)
    {
        var limits = shard.Job.Limits;
        var tables = string.Join(", ", shard.Job.Sources.Concat(shard.Job.Targets.SelectMany(target => new[] { target.Table, shard.Sql.Names.Shadow(target) }))
            .Select(table => $"({Quote.Text(table.Database)}, {Quote.Text(table.Name)})"));
        var row = new RowReader(await shard.Node.Connection.QueryAsync(
            $"""
             SELECT (SELECT count() FROM system.merges),
               (SELECT max(n) FROM (SELECT count() AS n FROM system.parts WHERE active AND (database, table) IN ({tables}) GROUP BY database, table, partition_id)),
               ({BackfillSql.FreeBytes(shard.Job)})
             FORMAT JSONCompactEachRow
             """,
            cancel: cancel));
        row.NextRow();
        var (merges, parts, free) = (row.Integer(), row.Integer(), row.Integer());
        if (merges > limits.MostMerges)
            return $"{merges} merges run on the node (limit {limits.MostMerges})";
        if (parts > limits.MostParts)
            return $"a partition has {parts} parts (limit {limits.MostParts})";
        var needed = unit.Rows * 16;
        if (free < needed)
            throw new UserErrorException($"{shard.Node.Name}: {free / 1_000_000:N0} MB are free, and the next unit may need {needed / 1_000_000:N0} MB. Make room, then resume; or cancel, which gives back all that the backfill holds");
        return await LagAsync(shard, cancel);
    }

    private async Task<string?> LagAsync(ShardSession shard, CancellationToken cancel)
    {
        var limits = shard.Job.Limits;
        foreach (var leg in project.Pipelines.SelectMany(pipeline => pipeline.Legs))
        {
            var broker = project.Fleet.FindBroker(leg.Broker);
            if (broker?.Bootstrap is null)
                continue;
            var answer = await lag.AskAsync(broker, leg.Topic, leg.Group, cancel);
            if (answer.Messages > limits.MostLag)
                return $"the group {leg.Group} is {answer.Messages:N0} messages behind (limit {limits.MostLag:N0})";
            if (answer.Messages is null && unknown.TryAdd(leg.Group, true))
                shard.Listener.Note(shard.Node.Name, $"how far the group {leg.Group} is behind is not known, so nothing waits for it: {answer.Trouble}");
        }

        return null;
    }
}
