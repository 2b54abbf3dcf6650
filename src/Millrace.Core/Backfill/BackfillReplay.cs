using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Backfill;

/// <summary>
/// A leg of the pipeline that feeds a source, read a second time from its beginning: by a group of its own, through the same
/// SELECT, into a table beside the source on the shard where the row belongs.
/// </summary>
/// <param name="Nodes">Ingestion nodes that could do it; one does.</param>
/// <param name="Group">Of the live stream.</param>
/// <param name="Statements">What creates it, the view last; names stand in it as tokens.</param>
public sealed record BackfillReplay(ImmutableArray<string> Nodes, string Broker, string Topic, string Group, ImmutableArray<string> Statements)
{
    private const string KafkaToken = "__millrace_kafka__";
    private const string ViewToken = "__millrace_view__";
    private const string OutputToken = "__millrace_output__";
    private const string RowsToken = "__millrace_rows__";
    private const string GroupToken = "__millrace_group__";

    public static BackfillReplay Of(Project project, Pipeline pipeline, Leg leg)
    {
        var (kafka, output) = (In(KafkaToken), In(OutputToken));
        var layout = new RowLayout(pipeline);
        var cluster = ClusterChoice.Of(project.Fleet, pipeline.Into)!;
        return new BackfillReplay(
            [.. project.Fleet.NodesOf(pipeline.Role).Select(node => node.Name)], leg.Broker, leg.Topic, leg.Group,
            [
                new TableDefinition
                {
                    Name = output, Columns = layout.WritableColumns,
                    Engine = EngineText.Distributed(cluster, In(RowsToken), new ShardingKey(project.Fleet, pipeline).ForWriting(cluster)),
                }.ToSql(),
                new TableDefinition
                {
                    Name = kafka, Columns = layout.Message, Settings = LegSettings.Of(leg),
                    Engine = EngineText.Kafka(project.Fleet.FindBroker(leg.Broker)!, leg with { Group = GroupToken }),
                }.ToSql(),
                new ViewDefinition { Name = In(ViewToken), Target = output, Select = SinkSelect.Render(pipeline, RowSource.Messages(kafka)) }.ToSql(),
            ]);
    }

    /// <summary>The group that reads it: a former attempt has moved on under another name.</summary>
    public string GroupOf(string job, int attempt) => $"{Group}_{job}_{attempt}";

    /// <summary>The statements with their names.</summary>
    /// <param name="number">Of the leg in the job.</param>
    public IEnumerable<string> Create(string job, int attempt, int number)
    {
        var stem = $"{job}_replay_{attempt}";
        return Statements.Select(statement => statement
            .Replace(KafkaToken, $"{stem}_kafka_{number}", StringComparison.Ordinal)
            .Replace(ViewToken, $"{stem}_mv_{number}", StringComparison.Ordinal)
            .Replace(OutputToken, $"{stem}_out_{number}", StringComparison.Ordinal)
            .Replace(RowsToken, stem, StringComparison.Ordinal)
            .Replace(GroupToken, GroupOf(job, attempt), StringComparison.Ordinal));
    }

    private static ObjectName In(string name) => new(BackfillNames.Database, name);
}
