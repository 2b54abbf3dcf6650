using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;
using Xunit;

namespace Millrace.IntegrationTests.Observe;

public sealed class FleetObserverTests(ServerFixture server) : IClassFixture<ServerFixture>
{
    private static readonly ImmutableArray<string> Objects =
    [
        "CREATE TABLE {0}.data (`a` UInt8 COMMENT 'the ''a''', `b` String DEFAULT 'x' CODEC(ZSTD(3)), c String ALIAS b) ENGINE = MergeTree ORDER BY a COMMENT 'mine'",
        "CREATE TABLE {0}.source (`a` UInt8, `b` String) ENGINE = Null",
        "CREATE MATERIALIZED VIEW {0}.to_view TO {0}.data AS SELECT a, b FROM {0}.source",
        "CREATE MATERIALIZED VIEW {0}.own_view ENGINE = MergeTree ORDER BY a AS SELECT a FROM {0}.source",
        "CREATE TABLE {0}.kafka (`a` UInt8) ENGINE = Kafka(msk) SETTINGS kafka_topic_list = 't', kafka_group_name = 'g', kafka_format = 'JSONEachRow'",
        "CREATE TABLE {0}.distributed (`a` UInt8) ENGINE = Distributed('data', '{0}', 'data', rand())",
        "CREATE TABLE {0}.`odd ``name` (`a` UInt8) ENGINE = Memory",
        "CREATE DICTIONARY {0}.dict (`a` UInt8, `b` String) PRIMARY KEY a SOURCE(CLICKHOUSE(TABLE 'data' DB '{0}' PASSWORD 'hush')) LAYOUT(FLAT()) LIFETIME(0)",
    ];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_servers_identity_and_surroundings_are_seen()
    {
        var seen = await ObserveAsync();

        Assert.Equal((NodeState.Ok, ""), (seen.State, seen.Reason));
        Assert.Matches(@"^\d+\.\d+\.", seen.Version);
        Assert.Equal("events", seen.RoleMacro);
        Assert.Equal("01", seen.Macros["shard"]);
        Assert.True(DateTimeOffset.UtcNow - seen.ServerTime < TimeSpan.FromMinutes(1));
        Assert.Equal(["msk"], seen.Collections!);
        Assert.True(seen.ForegroundInserts);
        Assert.False(seen.HasKeeper);
        Assert.Equal(
            [new("data", 1, 1, "127.0.0.1", "127.0.0.1", 1), new("data", 2, 1, "127.0.0.1", "127.0.0.1", 2)],
            seen.Clusters.ToArray());
    }

    [Fact]
    public async Task Every_kind_of_object_comes_back_as_a_shape()
    {
        await CreateObjectsAsync("kinds");

        var seen = (await ObserveAsync()).Objects;

        var data = seen[new("kinds", "data")];
        Assert.Equal(("MergeTree", "mine"), (data.Engine, data.Comment));
        Assert.Equal(
            [
                new("a", "UInt8", "", "", "", "the 'a'"),
                new("b", "String", "DEFAULT", "'x'", "CODEC(ZSTD(3))"),
                new("c", "String", "ALIAS", "b"),
            ],
            data.Columns.ToArray());
        Assert.Equal(data.Name, seen[new("kinds", "to_view")].Target);
        Assert.Null(seen[new("kinds", "own_view")].Target);
        Assert.Contains("kafka_topic_list = 't'", seen[new("kinds", "kafka")].EngineFull);
        Assert.Single(seen[new("kinds", "odd `name")].Columns);
        Assert.Single(seen.Keys, name => name.Database == "kinds" && name.IsInner);
        Assert.DoesNotContain("hush", seen[new("kinds", "dict")].CreateQuery);
    }

    [Fact]
    public async Task Views_of_older_servers_have_the_same_shape()
    {
        await CreateObjectsAsync("older");
        ObjectName[] names = [new("older", "to_view"), new("older", "own_view"), new("older", "data")];

        var told = await ObjectReader.ReadAsync(server.Connection, names, tellsViewTargets: true, Cancel);
        var found = await ObjectReader.ReadAsync(server.Connection, names, tellsViewTargets: false, Cancel);

        Assert.Equal(3, told.Count);
        Assert.Equal(told.OrderBy(o => o.Shape.Name), found.OrderBy(o => o.Shape.Name));
    }

    [Fact]
    public async Task A_changed_comment_or_column_is_noticed_by_a_warm_cache()
    {
        await CreateObjectsAsync("warm");
        var observer = new FleetObserver(server.Connector, new ObjectShapeCache());
        await observer.ObserveAsync(Fleet(), cancel: Cancel);
        await server.Connection.ExecuteAsync("ALTER TABLE warm.data MODIFY COMMENT 'new'", cancel: Cancel);
        await server.Connection.ExecuteAsync("ALTER TABLE warm.distributed ADD COLUMN z String", cancel: Cancel);

        var seen = (await observer.ObserveAsync(Fleet(), cancel: Cancel)).Nodes[0].Objects;

        Assert.Equal("new", seen[new("warm", "data")].Comment);
        Assert.Equal(["a", "z"], seen[new("warm", "distributed")].Columns.Select(c => c.Name));
    }

    [Fact]
    public async Task What_a_user_may_not_see_is_unknown_and_not_absent()
    {
        var fleet = Fleet() with { Connect = new ConnectOptions { User = "reader", Password = new Secret("reading") } };

        var seen = (await new FleetObserver(server.Connector, new ObjectShapeCache()).ObserveAsync(fleet, cancel: Cancel)).Nodes[0];

        Assert.Equal((NodeState.Ok, ""), (seen.State, seen.Reason));
        Assert.Null(seen.Collections);
        Assert.Null(seen.ForegroundInserts);
    }

    [Fact]
    public async Task Rows_mutations_and_waiting_inserts_are_told()
    {
        await CreateObjectsAsync("facts");
        await ExecuteAsync("INSERT INTO facts.data (a, b) SELECT number, 'x' FROM numbers(10)");
        await ExecuteAsync("SYSTEM STOP MERGES facts.data");
        await ExecuteAsync("ALTER TABLE facts.data UPDATE b = 'y' WHERE 1 SETTINGS mutations_sync = 0");
        await ExecuteAsync("SYSTEM STOP DISTRIBUTED SENDS facts.distributed");
        await ExecuteAsync("INSERT INTO facts.distributed SETTINGS distributed_foreground_insert = 0 VALUES (1)");

        var facts = await NodeFactsReader.ReadAsync(server.Connection, Cancel);

        Assert.Equal(10, facts.Sizes[new("facts", "data")].Rows);
        Assert.DoesNotContain(new ObjectName("facts", "to_view"), facts.Sizes.Keys);
        var mutation = Assert.Single(facts.Mutations);
        Assert.Equal((new ObjectName("facts", "data"), 1L), (mutation.Table, mutation.PartsToDo));
        var waiting = Assert.Single(facts.Waiting);
        Assert.Equal((new ObjectName("facts", "distributed"), 1L, true), (waiting.Table, waiting.Files, waiting.IsBlocked));
    }

    private async Task<ObservedNode> ObserveAsync() =>
        (await new FleetObserver(server.Connector, new ObjectShapeCache()).ObserveAsync(Fleet(), cancel: Cancel)).Nodes[0];

    private Fleet Fleet() => new()
    {
        Nodes = [new Node("ing-1", "events", server.Address)],
        Clusters = [new Cluster { Name = "data", Role = "data" }],
    };

    private async Task CreateObjectsAsync(string database)
    {
        await ExecuteAsync($"CREATE DATABASE {database}");
        foreach (var sql in Objects)
            await ExecuteAsync(sql.Replace("{0}", database));
    }

    private Task ExecuteAsync(string sql) =>
        server.Connection.ExecuteAsync(sql, new StatementOptions { Idempotent = false }, Cancel);
}
