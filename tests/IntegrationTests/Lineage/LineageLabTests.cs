using System.Net;
using System.Net.Sockets;
using Millrace.ClickHouse.Http;
using Millrace.Core.Lineage;
using Millrace.DevCluster.Lab;
using Millrace.Engine.Breaking;
using Millrace.Engine.Lineage;
using Xunit;

namespace Millrace.IntegrationTests.Lineage;

/// <summary>What a real engine says of queries, put together to graphs.</summary>
public sealed class LineageLabTests
{
    private const string Shapes = """
        -- role: data
        CREATE TABLE e (a Int64, b String, `odd name` UInt8, arr Array(String), t Tuple(x Int8, y String), al UInt64 ALIAS a + 1) ENGINE = MergeTree ORDER BY a;
        CREATE TABLE d (k Int64, v String, a Int64) ENGINE = MergeTree ORDER BY k;
        CREATE DICTIONARY dic (k Int64, v String) PRIMARY KEY k SOURCE(CLICKHOUSE(TABLE 'd' DB 'default')) LAYOUT(FLAT()) LIFETIME(0);
        CREATE TABLE target (s Int64, u String, odd UInt8, dv String, mx Int64, w UInt64) ENGINE = MergeTree ORDER BY s;
        CREATE MATERIALIZED VIEW mv TO target AS WITH c AS (SELECT a, b, al, `odd name` FROM e WHERE b != '')
          SELECT c.a + d.k AS s, upper(c.b) AS u, `odd name` AS odd, dictGet('default.dic', 'v', c.a) AS dv, ifNull((SELECT max(k) FROM d), 0) AS mx, al AS w
          FROM c LEFT JOIN d ON c.a = d.k WHERE c.b IN (SELECT v FROM d);
        CREATE VIEW shown AS SELECT x, arrayMap(y -> concat(y, b), arr) AS am, t.x AS tx FROM e ARRAY JOIN arr AS x;
        CREATE VIEW both AS SELECT a, k FROM (SELECT * FROM e) AS one INNER JOIN d USING (a) UNION ALL SELECT a, k FROM d;
        """;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Columns_are_followed_through_whatever_a_query_may_hold()
    {
        var graph = await TraceAsync(Shapes);

        Assert.Equal(
            [
                "d.k direct mv.mx", "d.k direct mv.s", "d.k indirect mv", "d.v indirect mv", "dic.v lookup mv.dv", "e.a direct mv.dv", "e.a direct mv.s",
                "e.a indirect mv", "e.al direct mv.w", "e.b direct mv.u", "e.b indirect mv", "e.odd name direct mv.odd",
            ],
            Columns(graph, "mv"));
        Assert.Equal(["e.arr direct shown.am", "e.arr direct shown.x", "e.b direct shown.am", "e.t direct shown.tx"], Columns(graph, "shown"));
        Assert.Equal(["d.a direct both.a", "d.a indirect both", "d.k direct both.k", "e.a direct both.a", "e.a indirect both"], Columns(graph, "both"));
        Assert.Equal(["e.a direct e.al"], Columns(graph, "e"));
        Assert.Equal(
            ["d direct both", "d direct dic", "d lookup mv", "dic lookup mv", "e direct both", "e direct shown", "e trigger mv", "mv direct target"],
            graph.Edges.Select(edge => $"{Short(edge.From)} {edge.Kind.ToString().ToLowerInvariant()} {Short(edge.To)}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_object_that_the_lab_does_not_accept_hides_nothing_else()
    {
        var graph = await TraceAsync("""
            CREATE TABLE tiered (id UInt64, name String) ENGINE = OnlyTheFleetHasIt ORDER BY id;
            CREATE TABLE small (id UInt64, name String) ENGINE = MergeTree ORDER BY id;
            CREATE MATERIALIZED VIEW small_mv TO small AS SELECT id, name FROM tiered;
            CREATE MATERIALIZED VIEW odd_mv TO small AS SELECT id, onlyTheFleetKnows(name) AS name FROM tiered;
            CREATE TABLE broken (id UInt64 ENGINE = nonsense;
            CREATE TABLE whole (id UInt64) ENGINE = MergeTree ORDER BY id;
            CREATE TABLE elsewhere.store (id UInt64) ENGINE = MergeTree ORDER BY id;
            CREATE VIEW elsewhere.store_view AS SELECT id FROM elsewhere.store;
            """);

        Assert.Equal(["default.odd_mv", "default.small", "default.small_mv", "default.tiered", "default.whole", "elsewhere.store", "elsewhere.store_view"], graph.Nodes.Select(node => node.Name).Order(StringComparer.Ordinal));
        Assert.Equal(["tiered.id direct small_mv.id", "tiered.name direct small_mv.name"], Columns(graph, "small_mv"));
        Assert.Contains("OnlyTheFleetHasIt", graph.Nodes.Single(node => node.Name == "default.tiered").Fault, StringComparison.Ordinal);
        Assert.Contains("onlyTheFleetKnows", graph.Nodes.Single(node => node.Name == "default.odd_mv").Fault, StringComparison.Ordinal);
        Assert.Contains(graph.Edges, edge => Short(edge.From) == "tiered" && Short(edge.To) == "odd_mv" && edge.Kind == EdgeKind.Trigger);
        Assert.All(graph.Nodes.Where(node => node.Name.StartsWith("elsewhere", StringComparison.Ordinal)), node => Assert.Null(node.Fault));
        Assert.Contains("schema.sql:5", Assert.Single(graph.Gaps), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_that_is_declared_is_ever_called()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var here = listener.LocalEndpoint.ToString();
        var graph = await TraceAsync($"""
            CREATE TABLE k (id UInt64) ENGINE = Kafka('{here}', 'topic', 'group', 'JSONEachRow');
            CREATE TABLE store (id UInt64) ENGINE = MergeTree ORDER BY id;
            CREATE MATERIALIZED VIEW k_mv TO store AS SELECT id FROM k;
            CREATE TABLE pg (id UInt64) ENGINE = PostgreSQL('{here}', 'db', 'table', 'user', 'secret');
            CREATE MATERIALIZED VIEW pg_mv TO pg AS SELECT id FROM store;
            CREATE TABLE web (id UInt64) ENGINE = URL('http://{here}/x', 'CSV');
            CREATE DICTIONARY dic (id UInt64, name String) PRIMARY KEY id SOURCE(HTTP(URL 'http://{here}/d' FORMAT 'CSV')) LAYOUT(FLAT()) LIFETIME(1);
            CREATE MATERIALIZED VIEW dic_mv TO web AS SELECT id, dictGet('default.dic', 'name', id) AS name FROM store;
            """);

        Assert.Equal("topic", graph.Nodes.Single(node => node.Kind == NodeKind.Topic).Name);
        Assert.Contains(graph.Edges, edge => Short(edge.From) == "pg_mv" && Short(edge.To) == "pg");
        Assert.Contains(graph.Edges, edge => Short(edge.From) == "dic" && Short(edge.To) == "dic_mv" && edge.Kind == EdgeKind.Lookup);
        Assert.False(listener.Pending(), "somebody called");
    }

    /// <summary>What a schema of somebody else's takes for granted, and a history of it.</summary>
    [Fact]
    public async Task What_servers_have_by_name_is_there_and_migrations_run_in_their_order()
    {
        var graph = await TraceAsync("""
            -- A dump, with the names of its fleet.
            CREATE TABLE hits ON CLUSTER '{installation}' (id UInt64, at DateTime, name String, `_sign` Int8) ENGINE = ReplicatedReplacingMergeTree('/t/{layer}/{uuid}/{shard}', '{replica}')
              ORDER BY id TTL at + INTERVAL 1 DAY TO VOLUME 'cold', at + INTERVAL 2 DAY TO DISK 'slow' SETTINGS storage_policy = 'tiered';
            CREATE TABLE all_hits AS hits ENGINE = Distributed('{installation}', currentDatabase(), hits, rand());
            CREATE TABLE in_the_cloud (id UInt64) ENGINE = SharedMergeTree('/clickhouse/tables/{uuid}/{shard}', '{replica}') ORDER BY id;
            CREATE MATERIALIZED VIEW in_the_cloud_mv TO in_the_cloud AS SELECT id FROM hits;
            CREATE TABLE old (a UInt8) ENGINE = ReplicatedMergeTree ORDER BY a;
            GRANT SELECT ON hits TO nobody_here;
            SET some_setting = 1;
            INSERT INTO old SELECT 1;
            ALTER TABLE old ON CLUSTER main ADD COLUMN b String;
            CREATE TABLE queries (user String, text String) ENGINE = MergeTree ORDER BY user;
            CREATE MATERIALIZED VIEW queries_mv TO queries AS SELECT user, query AS text FROM system.query_log;
            CREATE DICTIONARY names (id UInt64, name String) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE 'hits' DB 'default' USER 'reader' PASSWORD 'x')) LAYOUT(HASHED()) LIFETIME(60);
            CREATE VIEW of_one AS SELECT id, dictGet('names', 'name', id) AS name FROM hits WHERE id = {id:UInt64} AND at > {since:DateTime};
            RENAME TABLE old TO older;
            DROP TABLE all_hits;
            CREATE TABLE all_hits AS hits ENGINE = Distributed('{installation}', currentDatabase(), hits, rand());
            """);

        Assert.Empty(graph.Gaps);
        Assert.All(graph.Nodes, node => Assert.Null(node.Fault));
        Assert.Equal(
            ["hits direct all_hits", "hits direct names", "hits direct of_one", "hits trigger in_the_cloud_mv", "in_the_cloud_mv direct in_the_cloud", "names lookup of_one", "queries_mv direct queries", "query_log trigger queries_mv"],
            graph.Edges.Select(edge => $"{Short(edge.From)} {(edge.Kind == EdgeKind.Remote ? "direct" : edge.Kind.ToString().ToLowerInvariant())} {Short(edge.To)}").Order(StringComparer.Ordinal));
        Assert.Equal(["a", "b"], graph.Nodes.Single(node => node.Name == "default.older").Columns.Select(column => column.Name));
    }

    private static async Task<LineageGraph> TraceAsync(string schema)
    {
        using var connector = new HttpNodeConnector();
        return await new LineageLab(new EmbeddedLabHost(connector)).TraceAsync(WorldDeclaration.Of(schema, "schema.sql", "default"), null, Cancel);
    }

    private static IEnumerable<string> Columns(LineageGraph graph, string to) =>
        from edge in graph.ColumnEdges
        where Short(edge.To) == to
        let line = $"{Short(edge.From)}{(edge.FromColumn.Length > 0 ? $".{edge.FromColumn}" : "")} {edge.Kind.ToString().ToLowerInvariant()} {Short(edge.To)}{(edge.ToColumn.Length > 0 ? $".{edge.ToColumn}" : "")}"
        orderby line
        select line;

    private static string Short(string id) => id[(id.LastIndexOf('.') + 1)..];
}
