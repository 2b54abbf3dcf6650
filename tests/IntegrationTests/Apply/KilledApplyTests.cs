using System.Globalization;
using System.Text;
using Millrace.Cli;
using Millrace.Core.Planning;
using Millrace.Engine.Apply;
using Millrace.Engine.Specs;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.Apply;

/// <summary>
/// An apply that is killed after its 1st, 2nd, 3rd ... statement. Odd rounds change the fleet one way and even rounds back,
/// and both ways hold every kind of step.
/// </summary>
[Trait("Kind", "Proof")]
public sealed class KilledApplyTests
{
    private const int RowsPerRound = 40;
    private const int SigKill = 128 + 9;

    private static readonly string[] Topics = ["events", "steady", "leaving", "coming"];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whatever_statement_an_apply_is_killed_after_the_next_one_finishes_it_and_no_row_is_lost()
    {
        await using var streams = await Streams.UpAsync(Streams.Spec(storage: 1, ingestion: 1, Topics), Cancel);
        using var producer = new KafkaProducer(new BrokerEndpoint(streams.Cluster.Bootstrap("msk")));
        using var services = new Services(streams.Folder);
        Declare(streams, changed: false);
        await ApplyAsync(streams, services);
        Declare(streams, changed: true);
        await ApplyAsync(streams, services); // Everything exists once, so that every group has a position.

        var (produced, statement) = (0, 0);
        var survived = new HashSet<bool>();
        while (survived.Count < 2)
        {
            var changed = ++statement % 2 == 0;
            Declare(streams, changed);
            Produce(producer, ref produced);
            var (exit, output, errors) = await CliRun.RunAsync(streams.Folder, $"kill@{statement}", "apply", "--yes");
            Assert.True(exit is SigKill or 0, $"round {statement} ended with {exit}: {output}{errors}");
            if (exit == 0)
                survived.Add(changed);
            await ApplyAsync(streams, services);
        }

        Assert.InRange(statement, 15, 200);
        DeclareAll(streams);
        await ApplyAsync(streams, services);
        foreach (var topic in Topics)
            await ExpectRowsAsync(streams, topic, produced);
        await ExpectHistoryAsync(streams);
    }

    /// <summary>One way: a column and a view's query change, a leg is made anew, a pipeline leaves and one comes.</summary>
    private static void Declare(Streams streams, bool changed)
    {
        streams.Declare("events", select: changed ? "day: { type: Date, expr: toDate(id) }" : "");
        streams.Declare("steady", consumers: changed ? 2 : 1);
        streams.Declare(changed ? "coming" : "leaving");
        streams.Remove(changed ? "leaving" : "coming");
    }

    private static void DeclareAll(Streams streams)
    {
        Declare(streams, changed: true);
        streams.Declare("leaving");
    }

    /// <summary>The next apply, in this process: it finds the lock of a dead holder, and must end at an empty plan.</summary>
    private static async Task ApplyAsync(Streams streams, Services services)
    {
        var project = ProjectLoader.Load(streams.Folder).Project!;
        var options = new PlanOptions();
        var planned = await services.Planner.PlanAsync(project, options, Cancel);
        var request = new GuardedRequest
        {
            Project = project, Planned = planned, Options = options, PlanAgain = stop => services.Planner.PlanAsync(project, options, stop),
        };
        var (report, left) = await services.Apply.RunAsync(request, new ApplyListeners(), Cancel);
        Assert.True(report.Succeeded, string.Join('\n', report.NotDone.Select(step => step.Outcome.Error)));
        Assert.Empty(left.Steps);
    }

    private static void Produce(KafkaProducer producer, ref int produced)
    {
        foreach (var topic in Topics)
            for (var id = produced; id < produced + RowsPerRound; id++)
                producer.Produce(topic, Encoding.UTF8.GetBytes($"{{\"id\":{id}}}"), partition: id % 2);
        producer.Flush(TimeSpan.FromSeconds(10));
        produced += RowsPerRound;
    }

    private static Task ExpectRowsAsync(Streams streams, string table, int produced) => Patience.ExpectAsync(
        produced.ToString(CultureInfo.InvariantCulture), () => streams.QueryAsync("data-1", $"SELECT uniqExact(id) FROM demo.sharded_{table}"), $"rows of {table}");

    /// <summary>Every killed apply is there, as interrupted, with what it had begun.</summary>
    private static async Task ExpectHistoryAsync(Streams streams)
    {
        var (_, json, _) = await streams.RunAsync("history", "--json", "--limit", "1000");
        var actions = new HashSet<string>(StringComparer.Ordinal);
        using var history = System.Text.Json.JsonDocument.Parse(json);
        foreach (var apply in history.RootElement.EnumerateArray())
        {
            var entries = apply.GetProperty("entries").EnumerateArray().ToList();
            actions.UnionWith(entries.Select(entry => entry.GetProperty("action").GetString()!));
            Assert.Contains(apply.GetProperty("outcome").GetString(), (string[])["done", "interrupted"]);
            Assert.Equal(
                apply.GetProperty("outcome").GetString() == "done",
                entries.TrueForAll(entry => entry.GetProperty("outcome").GetString() == "done") && entries.Count == apply.GetProperty("steps").GetInt32());
        }

        Assert.Superset(new HashSet<string>(["create", "alter", "modifyquery", "recreate", "drop"]), actions);
    }
}
