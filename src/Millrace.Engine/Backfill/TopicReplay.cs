using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Reads the topics of a source once more, up to where the live stream was at the cut: for storage that keeps less than
/// its topic. A second group fills a table beside the source on each shard; it is bounded, for what came after the cut
/// flows through the shadow views. On each shard and partition rows land in the order of their offsets, so the last one
/// that the snapshot has is the bound; where it has none any more, what the live group had committed before the cut is.
/// </summary>
internal sealed class TopicReplay(
    BackfillJob job, TopicPositions topics, IReadOnlyDictionary<string, StorageNode> nodes, ImmutableArray<ShardSession> shards, IBackfillListener listener)
{
    private const int MostAttempts = 3;
    private const string Key = "topics";
    private const string Done = "done";

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);

    /// <summary>Before the cut: where the live groups are, so that all below has landed by then.</summary>
    public async Task RememberAsync(CancellationToken cancel)
    {
        foreach (var shard in shards)
            if (!(await shard.Store.ReadAsync(cancel)).Of(BackfillKind.Committed).Any())
                await shard.Store.WriteAsync(BackfillKind.Committed, Key, "known", JsonSerializer.Serialize(await CommittedAsync(cancel)), cancel);
    }

    /// <summary>Fills the tables, or finds that a former runner did.</summary>
    public async Task RunAsync(CancellationToken cancel)
    {
        var state = await StateAsync(cancel);
        var attempt = state.Attempt;
        for (var tries = 0; !state.IsDone; tries++)
        {
            await CleanAsync(cancel);
            await WriteAsync("begun", ++attempt, cancel);
            await ReadTopicsAsync(attempt, cancel);
            if (await DoubledAsync(attempt, cancel) is var doubled and > 0)
            {
                listener.Note("topics", $"{doubled:N0} rows were read twice, as happens when a group is rebalanced: they are read again");
                if (tries + 1 == MostAttempts)
                    throw new UserErrorException($"{doubled:N0} rows were read twice from the topics, {MostAttempts} times in a row. See that the ingestion node is not restarted meanwhile, and `millrace backfill resume {job.Id}`");
                continue;
            }

            await WriteAsync(Done, attempt, cancel);
            break;
        }

        foreach (var shard in shards)
            shard.Replayed = ReplayedRows.Of(Rows(attempt), await EndsAsync(shard, cancel));
    }

    /// <summary>Removes what reads the topics, from whichever node does it.</summary>
    public async Task CleanAsync(CancellationToken cancel)
    {
        foreach (var name in job.Replays.SelectMany(replay => replay.Nodes).Distinct())
        {
            try
            {
                await DropAsync(nodes[name], cancel);
            }
            catch (NodeUnreachableException gone)
            {
                listener.Note(name, $"does not answer, so what it may keep of the backfill stays; `DROP DATABASE {BackfillNames.Database}` there removes it: {gone.Message}");
            }
        }
    }

    private async Task ReadTopicsAsync(int attempt, CancellationToken cancel)
    {
        foreach (var shard in shards)
        {
            for (var former = 1; former <= attempt; former++)
                await shard.RunAsync(BackfillSql.Drop(Rows(former)), cancel);
            await shard.RunAsync(BackfillSql.Empty(job.Sources[0], Rows(attempt), await shard.HasTtlAsync(job.Sources[0], cancel)), cancel);
        }

        var ends = (await Task.WhenAll(shards.Select(shard => EndsAsync(shard, cancel)))).SelectMany(shard => shard)
            .GroupBy(end => end.Key).ToDictionary(end => end.Key, end => end.Max(item => item.Value));
        for (var i = 0; i < job.Replays.Length; i++)
        {
            var node = await AnsweringAsync(job.Replays[i], cancel);
            await node.Connection.ExecuteAsync(BackfillSql.CreateDatabase, cancel: cancel);
            foreach (var statement in job.Replays[i].Create(job.Id, attempt, i))
                await node.Connection.ExecuteAsync(statement, cancel: cancel);
        }

        while (await LeftAsync(attempt, ends, cancel) is var left and > 0)
        {
            var total = ends.Values.Sum();
            listener.Progress("topics", total - left, total);
            await Task.Delay(AskEvery, cancel);
            await shards[0].CheckControlAsync(cancel);
        }

        await CleanAsync(cancel);
    }

    /// <summary>Messages that the second group has yet to read and store.</summary>
    private async Task<long> LeftAsync(int attempt, IReadOnlyDictionary<(string Topic, long Partition), long> ends, CancellationToken cancel)
    {
        var left = 0L;
        foreach (var replay in job.Replays)
            foreach (var partition in await topics.PositionsAsync(replay, replay.GroupOf(job.Id, attempt), cancel))
                left += Math.Max(0, ends.GetValueOrDefault((replay.Topic, partition.Partition)) - Math.Max(partition.Committed ?? 0, partition.Low));
        return left;
    }

    private async Task<long> DoubledAsync(int attempt, CancellationToken cancel) => (await Task.WhenAll(shards.Select(shard =>
        shard.NumberAsync($"SELECT count() - uniqExact(_topic, _partition, _offset) FROM {Quote.Name(Rows(attempt))}", cancel)))).Sum();

    private async Task<Dictionary<(string Topic, long Partition), long>> EndsAsync(ShardSession shard, CancellationToken cancel)
    {
        var known = (await shard.Store.ReadAsync(cancel)).Of(BackfillKind.Committed).First().Data;
        var ends = JsonSerializer.Deserialize<List<TopicEnd>>(known)!.ToDictionary(end => (end.Topic, end.Partition), end => end.Offset);
        var row = new RowReader(await shard.Node.Connection.QueryAsync(
            $"SELECT toString(_topic), _partition, max(_offset) + 1 FROM {Quote.Name(shard.Sql.Names.Snapshot(0))} GROUP BY ALL FORMAT JSONCompactEachRow", cancel: cancel));
        while (row.NextRow())
        {
            var key = (row.Text(), row.Integer());
            ends[key] = Math.Max(ends.GetValueOrDefault(key), row.Integer());
        }

        return ends;
    }

    private async Task<List<TopicEnd>> CommittedAsync(CancellationToken cancel)
    {
        var committed = new List<TopicEnd>();
        foreach (var replay in job.Replays)
            foreach (var partition in await topics.PositionsAsync(replay, replay.Group, cancel))
                committed.Add(new TopicEnd(replay.Topic, partition.Partition, partition.Committed ?? 0));
        return committed;
    }

    private async Task<StorageNode> AnsweringAsync(BackfillReplay replay, CancellationToken cancel)
    {
        foreach (var name in replay.Nodes)
        {
            try
            {
                await nodes[name].Connection.QueryAsync("SELECT 1", cancel: cancel);
                return nodes[name];
            }
            catch (NodeUnreachableException gone)
            {
                listener.Note(name, $"does not answer, another node reads topic {replay.Topic}: {gone.Message}");
            }
        }

        throw new UserErrorException($"no ingestion node answers that could read topic {replay.Topic}; `millrace backfill resume {job.Id}` tries again");
    }

    /// <summary>Kafka tables first: what they are inserting ends with them.</summary>
    private async Task DropAsync(StorageNode node, CancellationToken cancel)
    {
        var row = new RowReader(await node.Connection.QueryAsync(
            $"SELECT name FROM system.tables WHERE database = '{BackfillNames.Database}' AND startsWith(name, {Quote.Text(job.Id + "_")}) ORDER BY engine = 'Kafka' DESC, engine = 'MaterializedView' DESC FORMAT JSONCompactEachRow",
            cancel: cancel));
        var names = new List<string>();
        while (row.NextRow())
            names.Add(row.Text());
        foreach (var name in names)
            await node.Connection.ExecuteAsync(BackfillSql.Drop(new ObjectName(BackfillNames.Database, name)), cancel: cancel);
    }

    private async Task<(bool IsDone, int Attempt)> StateAsync(CancellationToken cancel) =>
        (await shards[0].Store.ReadAsync(cancel)).Of(BackfillKind.Replay).FirstOrDefault() is { } entry
            ? (entry.State == Done, int.Parse(entry.Data, CultureInfo.InvariantCulture)) : (false, 0);

    private Task WriteAsync(string state, int attempt, CancellationToken cancel) =>
        shards[0].Store.WriteAsync(BackfillKind.Replay, Key, state, attempt.ToString(CultureInfo.InvariantCulture), cancel);

    private ObjectName Rows(int attempt) => new(BackfillNames.Database, $"{job.Id}_replay_{attempt}");

    private sealed record TopicEnd(string Topic, long Partition, long Offset);
}
