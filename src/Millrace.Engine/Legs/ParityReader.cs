using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Compile;
using Millrace.Core.Legs;
using Millrace.Core.Model;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Legs;

/// <summary>
/// Compares two legs event by event: takes the latest messages of each that its group has read, lets a storage node
/// parse them as the Kafka tables do, and looks for their ids in the data table. A table that removes duplicates keeps one
/// row of an event that came twice, so only the brokers can say what came through which leg.
/// </summary>
public sealed class ParityReader(INodeConnector connector, ITopicSource topics)
{
    /// <summary>Formats in which messages can be put one after the other with line feeds between them.</summary>
    private static readonly ImmutableHashSet<string> Lines =
        ["JSONEachRow", "JSONCompactEachRow", "JSONStringsEachRow", "CSV", "TSV", "TabSeparated", "TSKV", "JSONAsString"];

    private const int ExampleIds = 5;

    /// <param name="id">The message column that tells events apart; null takes <c>uuid</c>, <c>event_id</c> or <c>id</c>.</param>
    /// <param name="messages">How many of each leg, at most.</param>
    public async Task<LegParity> CompareAsync(
        Project project, Pipeline pipeline, LegProgress old, LegProgress @new, string? id, int messages, CancellationToken cancel)
    {
        if (pipeline.Table is null)
            return LegParity.Unknown($"the rows of `{pipeline.Name}` go to no table that could be asked for them");
        var column = id ?? new[] { "uuid", "event_id", "id" }.FirstOrDefault(name => pipeline.Columns.Any(c => c.Name == name));
        if (column is null || pipeline.Columns.All(c => c.Name != column))
            return LegParity.Unknown(column is null
                ? "no message column is called uuid, event_id or id" : $"pipeline `{pipeline.Name}` has no message column `{column}`");
        if (new[] { old, @new }.FirstOrDefault(leg => !Lines.Contains(leg.Leg.Format)) is { } other)
            return LegParity.Unknown($"messages of {other.Leg.Name} are {other.Leg.Format}, which cannot be compared");
        var oldWindow = await WindowAsync(project, old, messages, cancel);
        var newWindow = await WindowAsync(project, @new, messages, cancel);
        var sql = Query(project, pipeline, column, (old.Leg, oldWindow), (@new.Leg, newWindow));
        return Parse(column, await AskStorageAsync(project, pipeline, sql, cancel));
    }

    private async Task<ImmutableArray<TopicMessage>> WindowAsync(Project project, LegProgress leg, int messages, CancellationToken cancel)
    {
        var read = leg.Now.Partitions.Where(p => p.Committed > p.Low).ToList();
        if (read.Count == 0)
            return [];
        var each = Math.Max(1, messages / read.Count);
        return await topics.ReadAsync(
            project.Fleet.FindBroker(leg.Leg.Broker)!,
            leg.Leg.Topic,
            [.. read.Select(p => new OffsetRange(p.Partition, Math.Max(p.Low, p.Committed!.Value - each), p.Committed.Value))],
            cancel);
    }

    private static string Query(
        Project project, Pipeline pipeline, string id,
        (Leg Leg, ImmutableArray<TopicMessage> Messages) old, (Leg Leg, ImmutableArray<TopicMessage> Messages) @new)
    {
        var name = Quote.Name(id);
        return $"""
            WITH
                old AS (SELECT DISTINCT {name} AS id FROM {Table(pipeline, old.Leg, old.Messages)}),
                new AS (SELECT DISTINCT {name} AS id FROM {Table(pipeline, @new.Leg, @new.Messages)}),
                stored AS (
                    SELECT DISTINCT {name} AS id FROM {Quote.Name(new Naming(project).Read(pipeline.Table!))}
                    WHERE {Since([.. old.Messages, .. @new.Messages])}{name} IN (SELECT id FROM old UNION ALL SELECT id FROM new))
            SELECT
                (SELECT count() FROM old), (SELECT count() FROM new),
                (SELECT count() FROM old WHERE id IN (SELECT id FROM new)),
                (SELECT count() FROM old WHERE id NOT IN (SELECT id FROM stored)),
                (SELECT count() FROM new WHERE id NOT IN (SELECT id FROM stored)),
                (SELECT arrayStringConcat(groupArray({ExampleIds})(toString(id)), ', ')
                    FROM (SELECT id FROM old UNION DISTINCT SELECT id FROM new) WHERE id NOT IN (SELECT id FROM stored))
            FORMAT JSONCompactEachRow
            """;
    }

    /// <summary>The messages as a table with the columns of the Kafka table.</summary>
    private static string Table(Pipeline pipeline, Leg leg, ImmutableArray<TopicMessage> messages)
    {
        var structure = string.Join(", ", pipeline.Columns.Select(c => $"{Quote.Name(c.Name)} {c.Type}"));
        var text = new StringBuilder();
        foreach (var message in messages)
            text.Append(Encoding.UTF8.GetString(message.Value.Span)).Append('\n');
        return messages.IsEmpty
            ? $"null({Quote.Text(structure)})"
            : $"format({Quote.Text(leg.Format)}, {Quote.Text(structure)}, {Quote.Text(text.ToString())})";
    }

    /// <summary>Rows carry their message's timestamp: what is older than the windows cannot be in them.</summary>
    private static string Since(ImmutableArray<TopicMessage> messages) =>
        messages.IsEmpty || messages.Any(message => message.At is null)
            ? ""
            : $"_timestamp >= toDateTime({messages.Min(message => message.At!.Value.ToUnixTimeSeconds())}) AND ";

    /// <summary>Every storage node reads the whole table; one that is down does not keep the others from answering.</summary>
    private async Task<byte[]> AskStorageAsync(Project project, Pipeline pipeline, string sql, CancellationToken cancel)
    {
        var role = ClusterChoice.Of(project.Fleet, pipeline.Into)?.Role
            ?? throw new InvalidOperationException($"pipeline {pipeline.Name} has no cluster; checks come first");
        var nodes = project.Fleet.NodesOf(role);
        foreach (var node in nodes.SkipLast(1))
        {
            try
            {
                return await connector.Connect(node.Http, project.Fleet.Connect).QueryAsync(sql, Options(pipeline), cancel);
            }
            catch (NodeUnreachableException)
            {
                // The next one is asked; the last one's error is the answer.
            }
        }

        return await connector.Connect(nodes[^1].Http, project.Fleet.Connect).QueryAsync(sql, Options(pipeline), cancel);
    }

    /// <summary>Poison messages are in the error table, so those that do not parse are passed over here.</summary>
    private static StatementOptions Options(Pipeline pipeline) => new()
    {
        Settings = pipeline.Legs.SelectMany(leg => leg.Settings)
            .Where(setting => setting.Key.StartsWith("input_format_", StringComparison.Ordinal) || setting.Key.StartsWith("format_", StringComparison.Ordinal))
            .Append(new("max_query_size", "1000000000"))
            .Append(new("input_format_skip_unknown_fields", "1"))
            .Append(new("input_format_allow_errors_ratio", "1"))
            .DistinctBy(setting => setting.Key)
            .ToDictionary(setting => setting.Key, setting => setting.Value, StringComparer.Ordinal),
    };

    private static LegParity Parse(string id, byte[] answer)
    {
        var row = new RowReader(answer);
        if (!row.NextRow())
            throw new FormatException("the comparison gave no row");
        return new LegParity(
            id, row.Integer(), row.Integer(), row.Integer(), row.Integer(), row.Integer(),
            [.. row.Text().Split(", ", StringSplitOptions.RemoveEmptyEntries)]);
    }
}
