using System.Diagnostics;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.Engine.Observe;
using Millrace.Testing;
using Xunit;

namespace Millrace.UnitTests.Engine.Observe;

public sealed class FleetObserverTests : IDisposable
{
    private readonly HttpNodeConnector _connector = new();
    private readonly ObjectShapeCache _cache = new();

    public void Dispose() => _connector.Dispose();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_a_node_holds_comes_back_as_shapes()
    {
        var table = Table("t", columns: 2) with { Comment = "it's" };
        var view = Table("v", columns: 1) with { Engine = "MaterializedView", Target = table.Name, AsSelect = "SELECT 1" };
        await using var node = new SimulatedNode([table, view], TimeSpan.Zero, Macros("data"));

        var seen = Assert.Single((await ObserveAsync(node.Address)).Nodes);

        Assert.Equal(NodeState.Ok, seen.State);
        Assert.Equal("data", seen.RoleMacro);
        Assert.Equal(2, seen.Objects.Count);
        Assert.Equal(table, seen.Objects[table.Name]);
        Assert.Equal(view, seen.Objects[view.Name]);
    }

    [Fact]
    public async Task Nodes_that_hold_the_same_share_one_dictionary_and_the_reading()
    {
        ObjectShape[] objects = [.. Enumerable.Range(0, 600).Select(i => Table($"t{i}", 3))];
        await using var first = new SimulatedNode(objects, TimeSpan.Zero);
        await using var second = new SimulatedNode(objects, TimeSpan.Zero);
        await using var third = new SimulatedNode(objects, TimeSpan.Zero);

        var seen = (await ObserveAsync(first.Address, second.Address, third.Address)).Nodes;

        Assert.All(seen, n => Assert.Same(seen[0].Objects, n.Objects));
        Assert.Equal(600, seen[0].Objects.Count);
        // Each: who are you, inventory, collections (twice), settings; then columns and tables of its third.
        Assert.All([first, second, third], n => Assert.Equal(7, n.RequestCount));
    }

    [Fact]
    public async Task The_second_look_reads_no_object_again()
    {
        await using var node = new SimulatedNode([Table("t", 2)], TimeSpan.Zero);
        await ObserveAsync(node.Address);
        var before = node.RequestCount;

        var again = await ObserveAsync(node.Address);

        Assert.Equal(5, node.RequestCount - before);
        Assert.Single(again.Nodes[0].Objects);
    }

    [Fact]
    public async Task A_dead_node_is_unreachable_and_delays_nobody_beyond_its_timeout()
    {
        await using var healthy = new SimulatedNode([Table("t", 2)], TimeSpan.Zero);
        await using var hanging = ScriptedServer.InTurn(ScriptedAnswer.Hang());
        var watch = Stopwatch.StartNew();

        var seen = await ObserveAsync(healthy.Address, hanging.Address);

        Assert.Equal([NodeState.Ok, NodeState.Unreachable], seen.Nodes.Select(n => n.State));
        Assert.Single(seen.Nodes[0].Objects);
        Assert.Contains("within", seen.Nodes[1].Reason);
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task A_node_that_dies_while_sharing_the_reading_leaves_it_to_the_others()
    {
        ObjectShape[] objects = [.. Enumerable.Range(0, 300).Select(i => Table($"t{i}", 1))];
        await using var healthy = new SimulatedNode(objects, TimeSpan.Zero);
        await using var model = new SimulatedNode(objects, TimeSpan.Zero);
        await using var dying = new ScriptedServer(request => request.Sql.Contains("FROM system.columns WHERE", StringComparison.Ordinal)
            ? ScriptedAnswer.Html(500, "gone")
            : ScriptedAnswer.Rows(model.Answer(request.Sql)));

        var seen = await ObserveAsync(dying.Address, healthy.Address);

        Assert.Equal([NodeState.Unreachable, NodeState.Ok], seen.Nodes.Select(n => n.State));
        Assert.Equal(300, seen.Nodes[1].Objects.Count);
    }

    [Fact]
    public async Task A_wrong_password_is_refused_and_tried_once()
    {
        await using var node = ScriptedServer.InTurn(ScriptedAnswer.Error(516, "AUTHENTICATION_FAILED", "no", 403));

        var seen = Assert.Single((await ObserveAsync(node.Address)).Nodes);

        Assert.Equal(NodeState.Refused, seen.State);
        Assert.Contains("user 'default' is refused", seen.Reason);
        Assert.Single(node.Requests);
    }

    [Fact]
    public async Task A_server_that_claims_another_role_is_not_the_node()
    {
        await using var stranger = new SimulatedNode([Table("t", 1)], TimeSpan.Zero, Macros("events"));

        var seen = Assert.Single((await ObserveAsync(stranger.Address)).Nodes);

        Assert.Equal(NodeState.Refused, seen.State);
        Assert.Contains("its macro hostClusterRole says `events`, not `data`", seen.Reason);
        Assert.Empty(seen.Objects);
    }

    [Fact]
    public async Task An_object_dropped_between_the_two_looks_is_not_there()
    {
        var stays = Table("stays", 1);
        var goes = Table("goes", 1);
        await using var model = new SimulatedNode([stays, goes], TimeSpan.Zero);
        await using var node = new ScriptedServer(request =>
        {
            if (request.Sql.Contains("FROM system.columns WHERE", StringComparison.Ordinal))
                model.Objects.TryRemove(goes.Name, out _);
            return ScriptedAnswer.Rows(model.Answer(request.Sql));
        });

        var seen = Assert.Single((await ObserveAsync(node.Address)).Nodes);

        Assert.Equal(NodeState.Ok, seen.State);
        Assert.Equal([stays.Name], seen.Objects.Keys);
    }

    [Fact]
    public async Task The_users_interrupt_stops_the_observation()
    {
        await using var node = ScriptedServer.InTurn(ScriptedAnswer.Hang());
        using var interrupt = new CancellationTokenSource(TimeSpan.FromMilliseconds(50));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => new FleetObserver(_connector, _cache).ObserveAsync(Fleet(node.Address), cancel: interrupt.Token));
    }

    private Task<ObservedFleet> ObserveAsync(params Uri[] nodes) => new FleetObserver(_connector, _cache)
        .ObserveAsync(Fleet(nodes), new ObserveOptions { NodeTimeout = TimeSpan.FromSeconds(3) }, Cancel);

    private static Fleet Fleet(params Uri[] nodes) => new()
    {
        Nodes = [.. nodes.Select((address, i) => new Node($"n{i}", "data", address))],
        Connect = new ConnectOptions { Retries = 0 },
    };

    private static Dictionary<string, string> Macros(string role) => new() { ["hostClusterRole"] = role };

    private static ObjectShape Table(string name, int columns) => new()
    {
        Name = new ObjectName("m", name),
        Engine = "MergeTree",
        EngineFull = "MergeTree ORDER BY tuple()",
        CreateQuery = $"CREATE TABLE m.{name} with {columns} columns",
        Columns = [.. Enumerable.Range(0, columns).Select(i => new ColumnShape($"c{i}", "String", "DEFAULT", "'x'", "CODEC(ZSTD(3))", "c"))],
    };
}
