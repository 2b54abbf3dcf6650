using Millrace.Core.Backfill;
using Millrace.Core.Model;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>What a job takes for granted about the tables on the nodes, looked at before it begins.</summary>
public sealed class BackfillPreconditions(BackfillJob job, Fleet fleet, INodeConnector connector, TopicPositions topics)
{
    private const int MostShown = 8;

    private readonly StorageAnswers answers = new(job, fleet, connector);

    /// <exception cref="UserErrorException">Something is not as it must be; nothing was changed.</exception>
    public async Task CheckAsync(CancellationToken cancel)
    {
        if (job.Limits.IngestColumn is { } column)
            await CheckIngestColumnAsync(column, cancel);
        if (job.Limits.FromKafka)
            await CheckTopicsAsync(cancel);
        foreach (var partition in job.Partitions)
            await CheckPartitionAsync(partition, cancel);
    }

    /// <summary>What is rebuilt holds only what the topics hold, so they must hold all that the source does.</summary>
    private async Task CheckTopicsAsync(CancellationToken cancel)
    {
        if (job.Replays.IsEmpty || job.Sources.Length > 1)
            throw new UserErrorException($"--from kafka fills a rollup that reads a pipeline's table, and {job.Rollup} is made of {string.Join(" and ", job.Sources)}: begin with the rollup that reads the pipeline");
        if (job.Replays.GroupBy(replay => replay.Topic).FirstOrDefault(group => group.Count() > 1) is { } shared)
            throw new UserErrorException($"two legs read a topic `{shared.Key}` from different brokers, and rows do not say which of them they came from: --from kafka cannot tell old messages from live ones");
        var lows = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var replay in job.Replays)
            foreach (var partition in await topics.PositionsAsync(replay, replay.Group, cancel))
                lows[$"{replay.Topic} {partition.Partition}"] = partition.Low;
        foreach (var (node, rows) in await answers.AskAsync($"SELECT concat(_topic, ' ', toString(_partition), ' ', toString(min(_offset))) FROM {Quote.Name(job.Sources[0])} GROUP BY _topic, _partition", cancel))
        foreach (var row in rows)
        {
            var (partition, first) = (row[..row.LastIndexOf(' ')], long.Parse(row[(row.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture));
            if (!lows.TryGetValue(partition, out var low) || first < low)
                throw new UserErrorException(
                    $"{node}: {job.Sources[0]} has rows that no topic has any more (topic and partition {partition}, offset {first}{(low > 0 ? $"; the topic begins at {low}" : "")}), and they would be missing. Fill it from storage (without --from kafka)");
        }
    }

    private async Task CheckIngestColumnAsync(string column, CancellationToken cancel)
    {
        foreach (var source in job.Sources)
        foreach (var (node, types) in await answers.AskAsync(
            $"SELECT type FROM system.columns WHERE database = {Quote.Text(source.Database)} AND table = {Quote.Text(source.Name)} AND name = {Quote.Text(column)}", cancel))
            if (types is not [var type])
                throw new UserErrorException(
                    $"{node}: {source} has no column `{column}`. --ingest-time takes a column with the time at which a row arrived, such as `ingested_at` with the expression now64(3) in the pipeline's select; a rollup has none, so begin with the one that reads the pipeline");
            else if (!type.StartsWith("DateTime", StringComparison.Ordinal))
                throw new UserErrorException($"{node}: {source}.{column} is {type}; --ingest-time takes a DateTime or DateTime64 that is never NULL");
    }

    /// <summary>A partition that no node has may be one that was lost, or one that was mistyped.</summary>
    private async Task CheckPartitionAsync(string partition, CancellationToken cancel)
    {
        var target = job.Targets[0];
        var held = (await answers.AskAsync(
            $"SELECT DISTINCT partition_id FROM system.parts WHERE active AND database = {Quote.Text(target.Table.Database)} AND table = {Quote.Text(target.Table.Name)}", cancel))
            .SelectMany(node => node.Rows).Distinct().Order(StringComparer.Ordinal).ToList();
        if (held.Contains(partition))
            return;
        foreach (var view in target.Views)
            if ((await answers.AskAsync($"SELECT '' FROM (\n{view.Over(Quote.Name(view.Source), "1")}\n) WHERE {OnlyThat(partition, target)} LIMIT 1", cancel)).Any(node => node.Rows.Count > 0))
                return;
        throw new UserErrorException(
            $"no row of {string.Join(" or ", target.Views.Select(view => view.Source))} belongs into a partition `{partition}` of {target.Table}, and no node holds one"
            + (held.Count == 0 ? "" : $"; there are {string.Join(", ", held.TakeLast(MostShown))}{(held.Count > MostShown ? $" and {held.Count - MostShown} before them" : "")}"));
    }

    private static string OnlyThat(string partition, BackfillTarget target) =>
        target.PartitionBy is { } by ? $"partitionID({by}) = {Quote.Text(partition)}" : "0";
}
