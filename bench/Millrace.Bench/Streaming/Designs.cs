using Millrace.Core.Compile;
using Millrace.Core.Planning;
using Millrace.Core.Sql;
using Millrace.Engine.Apply;

namespace Millrace.Bench.Streaming;

/// <summary>The designs that are compared. All fill a table of the same definition from a Kafka table of the same definition.</summary>
public sealed class Designs(BenchCluster cluster, string topic)
{
    /// <summary>What Millrace declares, plans and applies: Kafka table and views on the stateless node, rows sent on to storage.</summary>
    public Design Stateless => new("stateless", BenchCluster.Ingestion, async (run, cancel) =>
    {
        var project = EventStream.Declare(cluster.Fleet, topic, run);
        var planned = await cluster.Services.Planner.PlanAsync(project, new PlanOptions(), cancel);
        if (!planned.Plan.Refusals.IsEmpty)
            throw new InvalidOperationException(string.Join('\n', planned.Plan.Refusals));
        return async () =>
        {
            var (report, _) = await new FleetApply(cluster.Services.Connector, cluster.Services.Planner)
                .RunAsync(project, planned, new PlanOptions(), new NoListener(), cancel);
            if (!report.Succeeded)
                throw new InvalidOperationException(report.NotDone.First().Outcome.Error);
        };
    });

    /// <summary>The recipe of the manuals: Kafka table and view on the storage node, each column extracted for itself.</summary>
    public Design Classic => new("classic", BenchCluster.Storage, (run, cancel) =>
        PrepareAsync(run, string.Join(",\n    ", EventStream.PublishedExtraction), cancel));

    /// <summary>The same with Millrace's extraction, which tells what the way over a stateless node costs by itself.</summary>
    public Design ClassicParseOnce => new("classic_parse_once", BenchCluster.Storage, (run, cancel) => PrepareAsync(run, null, cancel));

    /// <param name="extraction">Extracted columns of the view's SELECT; null for Millrace's own SELECT.</param>
    private async Task<Func<Task>> PrepareAsync(string run, string? extraction, CancellationToken cancel)
    {
        var objects = Compiler.Compile(EventStream.Declare(cluster.Fleet, topic, run));
        var table = objects.First(item => item.Purpose == ObjectPurpose.DataTable);
        var kafka = objects.First(item => item.Purpose == ObjectPurpose.KafkaTable);
        await ExecuteAsync($"CREATE DATABASE {Quote.Name(run)}");
        await ExecuteAsync(table.CreateSql);
        await ExecuteAsync(kafka.StandInSql!);
        await ExecuteAsync($"CREATE MATERIALIZED VIEW {Quote.Name(run)}.mv TO {Quote.Name(table.Name)} AS {Select()}");
        await ExecuteAsync($"DROP TABLE {Quote.Name(kafka.Name)} SYNC");
        return () => ExecuteAsync(kafka.CreateSql);

        Task ExecuteAsync(string sql) => cluster.ExecuteAsync(BenchCluster.Storage, sql, cancel);

        string Select()
        {
            if (extraction is not null)
                return $"""
                    SELECT uuid, event, team_id, distinct_id, timestamp, properties,
                        {extraction},
                        {string.Join(", ", KafkaVirtuals.StoredSelect)}
                    FROM {Quote.Name(kafka.Name)} WHERE length(_error) = 0
                    """;
            var view = objects.First(item => item.Purpose == ObjectPurpose.LegView).CreateSql;
            return view[(view.IndexOf("\nAS ", StringComparison.Ordinal) + 4)..];
        }
    }
}
