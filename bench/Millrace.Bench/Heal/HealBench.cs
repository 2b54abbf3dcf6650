using System.Text.Json.Nodes;
using Millrace.Bench.Measuring;
using Millrace.Cli;
using Millrace.Core.Planning;
using Millrace.DevCluster;
using Millrace.Engine.Apply;
using Millrace.Engine.Watch;
using Millrace.Kafka;

namespace Millrace.Bench.Heal;

/// <summary>
/// How long an ingestion node is without its stream after it was killed, wiped and started: from its first answer to
/// <c>/ping</c> until every object is there and every consumer has subscribed.
/// </summary>
public sealed class HealBench : IBench
{
    private const int Rounds = 15;
    private const string Node = "events-1";

    public string Name => "heal";

    public string Summary => "seconds from a blank node's first answer to its running stream";

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("millrace-heal-").FullName;
        try
        {
            await using var cluster = await EmbeddedCluster.UpAsync(
                DevClusterSpec.Default with { Topics = [new TopicSpec(HealProject.Topic, 4)] }, Path.Combine(folder, "cluster"), cancel: cancel);
            using var services = new Services(folder);
            return Figures(await MeasureAsync(cluster, services, report, cancel));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<HealRound>> MeasureAsync(
        EmbeddedCluster cluster, Services services, TextWriter report, CancellationToken cancel)
    {
        var project = HealProject.On(cluster.Fleet);
        var options = new PlanOptions();
        var planned = await services.Planner.PlanAsync(project, options, cancel);
        await services.Apply.RunAsync(new GuardedRequest { Project = project, Planned = planned, Options = options }, new NoListener(), cancel);

        var tools = new WatchTools(services.Connector, services.Observer, services.Lab, services.Apply);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var watching = new FleetWatch(tools, new WatchOptions(), new NoListener()).RunAsync(new HealProject.Source(project), stop.Token);
        var rounds = new List<HealRound>();
        report.WriteLine("round  objects s  subscribed s");
        for (var round = 1; round <= Rounds; round++)
        {
            await Task.Delay(TimeSpan.FromSeconds(2), cancel);
            rounds.Add(await HealRound.RunAsync(cluster, Node, planned.Objects, cancel));
            report.WriteLine($"{round,5}  {rounds[^1].ObjectsAfter.TotalSeconds,9:0.00}  {rounds[^1].SubscribedAfter.TotalSeconds,12:0.00}");
        }

        await stop.CancelAsync();
        await Task.WhenAny(watching);
        return rounds;
    }

    private static JsonObject Figures(List<HealRound> rounds)
    {
        var objects = rounds.Select(round => round.ObjectsAfter.TotalSeconds).Order().ToList();
        var subscribed = rounds.Select(round => round.SubscribedAfter.TotalSeconds).Order().ToList();
        return new JsonObject
        {
            ["rounds"] = rounds.Count,
            ["objects_seconds"] = Spread(objects),
            ["subscribed_seconds"] = Spread(subscribed),
        };
    }

    private static JsonObject Spread(List<double> sorted) => new()
    {
        ["median"] = Math.Round(sorted[sorted.Count / 2], 3), ["max"] = Math.Round(sorted[^1], 3),
    };
}
