using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Sql;

namespace Millrace.Bench.Propdefs;

/// <summary>The obvious view: a row of a property becomes an upsert, whatever came before it in the block.</summary>
/// <param name="inOrder">
/// Sorted by key, so that consumers wait for each other but do not deadlock. Without it, each deadlock makes a consumer leave its
/// group, the others lose their blocks to the rebalancing, and so on: it does not end.
/// </param>
internal sealed class UnsquashedWay(PropdefsCluster cluster, string name, string summary, bool inOrder) : StreamWay(cluster, name, summary, rekeyed: false)
{
    /// <summary>
    /// In short blocks when sorted: a block that waits for seconds is taken away when another consumer joins, and sent again.
    /// </summary>
    protected override ImmutableSortedDictionary<string, string> Settings =>
        inOrder ? base.Settings.Add("kafka_max_block_size", "200").Add("kafka_poll_max_batch_size", "200") : base.Settings;

    public override async Task StartAsync(CancellationToken cancel)
    {
        var kafka = Objects(ObjectPurpose.KafkaTable)[0];
        var target = Objects(ObjectPurpose.SinkTable)[0];
        var view = $"""
            CREATE MATERIALIZED VIEW {Name}.view TO {Quote.Name(target.Name)} AS
            SELECT project_id, event, {string.Join(", ", Properties.Select(column => $"{column.Expression} AS {column.Name}"))}, timestamp
            FROM {Quote.Name(kafka.Name)} WHERE length(_error) = 0{(inOrder ? " ORDER BY project_id, event, property" : "")}
            """;
        // As Millrace does it: no message is read before the view is there.
        string[] statements = [$"CREATE DATABASE {Name}", target.CreateSql, kafka.StandInSql!, view, $"DROP TABLE {Quote.Name(kafka.Name)} SYNC", kafka.CreateSql];
        foreach (var node in Cluster.Ingestion)
        foreach (var statement in statements)
            await Cluster.Connect(node).ExecuteAsync(statement, cancel: cancel);
    }
}
