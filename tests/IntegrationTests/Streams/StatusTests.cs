using System.Text.Json;
using Millrace.Cli.Output;
using Millrace.Core.Lineage;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.Engine.Lineage;
using Millrace.Engine.Status;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.Streams;

public sealed class StatusTests(StreamFixture fixture) : IClassFixture<StreamFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private StatusCollector Collector => new(fixture.Services.Connector, new BrokerLag());

    [Fact]
    public async Task A_healthy_stream_shows_its_consumers_its_speed_and_no_lag()
    {
        var project = fixture.Declare("t1");
        await fixture.ApplyWholeAsync(project);
        await fixture.AssignedAsync("db_t1");
        fixture.Produce("t1", 0, 10);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t1.s", 10);
        var first = await Collector.CollectAsync(project, cancel: Cancel);
        fixture.Produce("t1", 10, 1010);
        fixture.ProduceRaw("t1", "garbage");
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t1.s", 1010);
        await fixture.ExpectAsync("query-1", "SELECT count() FROM db_t1.s_errors", 1);

        var status = await WaitAsync(project, first, s => s.Legs[0].Lag == 0);

        Assert.All(status.Nodes, node => Assert.Equal((NodeState.Ok, node.Declared), (node.State, node.Present)));
        var leg = Assert.Single(status.Legs);
        Assert.Equal((2, 2, 4), (leg.Consumers, leg.Assigned, leg.Partitions));
        Assert.Equal(1001, leg.OnNodes.Sum(n => n.RowsRead) - first.Legs[0].OnNodes.Sum(n => n.RowsRead));
        Assert.True(leg.RowsPerSecond > 0);
        Assert.Null(leg.LastError);
        Assert.Null(leg.FromBroker);
        Assert.Equal([new ErrorTableStatus(new("db_t1", "s_errors"), 1, IsComplete: true)], status.Errors.ToArray());
    }

    [Fact]
    public async Task The_graph_of_the_fleet_carries_what_is_measured_on_it()
    {
        var project = fixture.Declare("t10");
        await fixture.ApplyWholeAsync(project);
        await fixture.AssignedAsync("db_t10");
        fixture.Produce("t10", 0, 20);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t10.s", 20);

        var graph = await fixture.Services.Lineage.ReadAsync(project, LineageSource.Fleet, Cancel);

        Assert.NotNull(graph.Edges.Single(edge => edge.To == "events/db_t10.kafka_s").Figures?.Lag);
        Assert.Equal(20, graph.Find("data/db_t10.sharded_s")!.Figures!.Rows);
        Assert.Equal((2, 2), (graph.Find("events/db_t10.s_mv")!.Figures!.OnNodes, graph.Find("events/db_t10.s_mv")!.Figures!.OfNodes));
        var way = Impact.Of(graph, Selection.Find(graph, "db_t10.kafka_s.body")!, up: false).Single(item => item.Node.Id == "query/db_t10.s");
        Assert.Equal("db_t10.kafka_s.body > db_t10.s_mv.body > db_t10.writable_s.body > db_t10.sharded_s.body > db_t10.s.body", string.Join(" > ", way.Path));
    }

    [Fact]
    public async Task What_is_missing_or_down_is_told_for_each_node()
    {
        var project = fixture.Declare("t2");
        project = project with { Pipelines = [project.Pipelines[0] with { Errors = new ErrorSink("s_errors", Cluster: "data") }] };
        await fixture.ApplyWholeAsync(project);
        await fixture.ExecuteAsync("events-1", "DROP TABLE db_t2.s_mv SYNC");
        var more = project with
        {
            Fleet = project.Fleet with
            {
                Nodes =
                [
                    .. project.Fleet.Nodes,
                    new Node("data-3", "data", new Uri("http://127.0.0.1:1"), Shard: 3),
                    // An address that now belongs to another server.
                    new Node("events-9", "events", fixture.Cluster.Http("query-1")),
                ],
            },
        };

        var status = await Collector.CollectAsync(more, cancel: Cancel);

        var node = status.Nodes.ToDictionary(n => n.Node.Name);
        Assert.Equal([new ObjectName("db_t2", "s_mv")], node["events-1"].Missing.ToArray());
        Assert.Empty(node["events-2"].Missing);
        Assert.Equal(NodeState.Unreachable, node["data-3"].State);
        Assert.Contains("connection refused", node["data-3"].Reason);
        Assert.Equal(NodeState.Refused, node["events-9"].State);
        Assert.False(Assert.Single(status.Errors).IsComplete);

        var text = new StatusTable(new Terminal(Console.Out, UseColour: false)).Render(status);
        var declared = node["events-1"].Declared;
        Assert.Matches($@"events-1 +events +[\d.]+ +ok +{declared - 1}/{declared} +without s_mv", text);
        Assert.Matches(@"data-3 +data +- +unreachable +\? +http://127.0.0.1:1: connection refused", text);
        using var json = JsonDocument.Parse(StatusJson.Write(status, indented: false));
        Assert.Equal(status.Nodes.Length, json.RootElement.GetProperty("nodes").GetArrayLength());
    }

    [Fact]
    public async Task The_lag_of_a_stream_that_nobody_reads_comes_from_the_broker()
    {
        fixture.Produce("t3", 0, 7);

        var status = await Collector.CollectAsync(fixture.Declare("t3"), cancel: Cancel);

        Assert.Equal(7, Assert.Single(status.Legs).Lag);
    }

    [Fact]
    public async Task An_error_of_a_consumer_is_shown_with_its_node()
    {
        var project = fixture.Declare("t4");
        await fixture.ApplyWholeAsync(project);
        foreach (var node in new[] { "data-1", "data-2" })
            await fixture.ExecuteAsync(node, "DROP TABLE db_t4.sharded_s SYNC");
        fixture.Produce("t4", 0, 10);

        var status = await WaitAsync(project, null, s => s.Legs[0] is { LastError: not null, Lag: 10 });

        var (where, error) = status.Legs[0].LastError!.Value;
        Assert.StartsWith("events-", where);
        Assert.Contains("sharded_s", error.Text);
    }

    private async Task<FleetStatus> WaitAsync(Project project, FleetStatus? previous, Func<FleetStatus, bool> reached)
    {
        FleetStatus? status = null;
        await Patience.UntilAsync(async () => reached(status = await Collector.CollectAsync(project, previous, Cancel)), () => $"{status}");
        return status!;
    }
}
