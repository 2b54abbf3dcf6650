using System.Collections.Immutable;
using Millrace.Bench.Measuring;
using Millrace.Core.Compile;
using Millrace.Core.Planning;
using Millrace.Core.Sql;
using Millrace.Engine.Apply;

namespace Millrace.Bench.Streaming;

/// <summary>The designs that are compared. All fill a table of the same definition, with as many consumers.</summary>
public sealed class Designs(BenchCluster cluster, string topic)
{
    /// <summary>What Millrace declares, plans and applies: Kafka table and views on the stateless node, rows sent on to storage.</summary>
    public Design Ours => new("ours", BenchCluster.Ingestion, async (run, cancel) =>
    {
        var project = EventStream.Declare(cluster.Fleet, topic, run);
        var planned = await cluster.Services.Planner.PlanAsync(project, new PlanOptions(), cancel);
        if (!planned.Plan.Refusals.IsEmpty)
            throw new InvalidOperationException(string.Join('\n', planned.Plan.Refusals));
        var plan = planned.Plan;
        await ApplyAsync(plan with { Steps = plan.Steps.RemoveAll(step => step.Phase == Phase.Legs) }, cancel);
        return () => ApplyAsync(plan with { Steps = plan.Steps.RemoveAll(step => step.Phase != Phase.Legs) }, cancel);
    });

    /// <summary>The recipe of the manuals: Kafka table and view on the storage node.</summary>
    public Design Classic => new("classic", BenchCluster.Storage, async (run, cancel) =>
    {
        var kafka = $"{run}.kafka_events";
        var table = Objects(run).First(item => item.Purpose == ObjectPurpose.DataTable);
        await ExecuteAsync($"CREATE DATABASE {run}", cancel);
        await ExecuteAsync(table.CreateSql, cancel);
        await ExecuteAsync(EventStream.ClassicKafkaTable(kafka, topic, run), cancel);
        return () => ExecuteAsync(
            $"CREATE MATERIALIZED VIEW {run}.events_mv TO {Quote.Name(table.Name)} AS {EventStream.ClassicSelect(kafka)}", cancel);
    });

    /// <summary>Millrace's own Kafka table and SELECT on the storage node: what the way over a stateless node costs by itself.</summary>
    public Design OursOnStorage => new("ours_on_storage", BenchCluster.Storage, async (run, cancel) =>
    {
        var objects = Objects(run);
        var table = objects.First(item => item.Purpose == ObjectPurpose.DataTable);
        var kafka = objects.First(item => item.Purpose == ObjectPurpose.KafkaTable);
        var view = objects.First(item => item.Purpose == ObjectPurpose.LegView).CreateSql;
        var select = view[(view.IndexOf("\nAS ", StringComparison.Ordinal) + 4)..];
        await ExecuteAsync($"CREATE DATABASE {run}", cancel);
        await ExecuteAsync(table.CreateSql, cancel);
        await ExecuteAsync(kafka.StandInSql!, cancel);
        await ExecuteAsync($"CREATE MATERIALIZED VIEW {run}.events_mv TO {Quote.Name(table.Name)} AS {select}", cancel);
        await ExecuteAsync($"DROP TABLE {Quote.Name(kafka.Name)} SYNC", cancel);
        return () => ExecuteAsync(kafka.CreateSql, cancel);
    });

    private async Task ApplyAsync(Plan plan, CancellationToken cancel)
    {
        var report = await new Applier(cluster.Connect, new NoListener()).ApplyAsync(plan, cancel);
        if (!report.Succeeded)
            throw new InvalidOperationException(report.NotDone.First().Outcome.Error);
    }

    private ImmutableArray<DeclaredObject> Objects(string run) =>
        Compiler.Compile(EventStream.Declare(cluster.Fleet, topic, run));

    private Task ExecuteAsync(string sql, CancellationToken cancel) => cluster.ExecuteAsync(BenchCluster.Storage, sql, cancel);
}
