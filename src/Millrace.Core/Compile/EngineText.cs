using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>Engine clauses of generated tables.</summary>
public static class EngineText
{
    /// <summary>The declared MergeTree engine, as Replicated* where the cluster is replicated.</summary>
    public static string Data(string engine, Cluster cluster, ObjectName table)
    {
        var open = engine.IndexOf('(', StringComparison.Ordinal);
        var name = (open < 0 ? engine : engine[..open]).Trim();
        var arguments = open < 0 ? "" : engine[(open + 1)..engine.LastIndexOf(')')].Trim();
        if (!cluster.Replicated || name.StartsWith("Replicated", StringComparison.Ordinal))
            return arguments.Length == 0 ? name : $"{name}({arguments})";
        var path = cluster.ReplicaPath
            .Replace("{database}", table.Database, StringComparison.Ordinal)
            .Replace("{table}", table.Name, StringComparison.Ordinal);
        if (cluster.SingleShard)
            path = path.Replace("{shard}", "noshard", StringComparison.Ordinal);
        var keeper = $"{Quote.Text(path)}, '{{replica}}'";
        return $"Replicated{name}({(arguments.Length == 0 ? keeper : $"{keeper}, {arguments}")})";
    }

    public static string Distributed(Cluster cluster, ObjectName table, string? shardBy = null) =>
        $"Distributed({Quote.Text(cluster.Name)}, {Quote.Text(table.Database)}, {Quote.Text(table.Name)}"
        + $"{(shardBy is null ? "" : $", {shardBy}")})";

    public static string Kafka(Broker broker, Leg leg) =>
        $"Kafka({Quote.Name(broker.Collection)}, kafka_topic_list = {Quote.Text(leg.Topic)}, "
        + $"kafka_group_name = {Quote.Text(leg.Group)}, kafka_format = {Quote.Text(leg.Format)})";

    /// <summary>A Kafka table that is only written to; the collection has the options of a producer.</summary>
    public static string Producer(Broker broker, KafkaSink sink) =>
        $"Kafka({Quote.Name(CollectionNames.Producer(broker, sink.Partitioner))}, kafka_topic_list = {Quote.Text(sink.Topic)}, "
        + $"kafka_format = {Quote.Text(sink.Format)})";

    public static string Postgres(Connection connection, PostgresSink sink, string onConflict) =>
        $"PostgreSQL({Quote.Name(connection.Collection)}, `table` = {Quote.Text(sink.Table)}, "
        + (sink.Schema is { } schema ? $"schema = {Quote.Text(schema)}, " : "")
        + $"on_conflict = {Quote.Text(onConflict)})";
}
