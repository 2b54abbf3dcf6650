using System.Globalization;
using Millrace.Core.Rings;
using Millrace.HashRing;
using Xunit;

namespace Millrace.IntegrationTests.HashRing;

/// <summary>Rows written through a Distributed table with a compiled ring lie where the library says.</summary>
public sealed class RingPlacementTests(RingNode node) : IClassFixture<RingNode>
{
    private const int Rows = 5_000;

    private static readonly string[] Key = ["customer_id", "event_type"];

    [Theory]
    [InlineData("two", 32, false)]
    [InlineData("three", 32, false)]
    [InlineData("three", 1000, true)]
    [InlineData("weighted", 30, false)]
    public async Task Rows_lie_where_the_library_says(string cluster, int layers, bool nullable)
    {
        var assignment = Rebalance.First(new VirtualLayers(layers), RingNode.Clusters[cluster]);
        await CreateAsync(cluster, RingExpression.Compile(Key, assignment, RingNode.Clusters[cluster], nullable), nullable);
        await InsertAsync(0);
        Assert.Equal(Rows, await CheckPlacementAsync(assignment));
    }

    [Fact]
    public async Task The_server_prints_the_expression_as_it_was_compiled()
    {
        var expression = RingExpression.Compile(
            Key, Rebalance.First(new VirtualLayers(32), RingNode.Clusters["three"]), RingNode.Clusters["three"]);
        await CreateAsync("three", expression);
        Assert.Contains(expression, await node.AskAsync("SELECT engine_full FROM system.tables WHERE name = 'ring_rows' FORMAT TSVRaw"));
    }

    [Fact]
    public async Task After_growing_old_rows_are_still_read_and_new_ones_go_to_the_new_shard()
    {
        var two = Rebalance.First(new VirtualLayers(32), RingNode.Clusters["two"]);
        await CreateAsync("two", RingExpression.Compile(Key, two, RingNode.Clusters["two"]));
        await InsertAsync(0);

        var three = Rebalance.Next(two, RingNode.Clusters["three"]);
        await RunEachAsync(
            "DROP TABLE ring_rows",
            Writable("three", RingExpression.Compile(Key, three, RingNode.Clusters["three"])));
        Assert.Equal("5000", await node.AskAsync("SELECT count() FROM ring_rows"));
        await RunEachAsync([.. Shards.Select(shard => $"TRUNCATE TABLE shard_{shard}.rows")]);
        await InsertAsync(Rows);
        Assert.Equal(Rows, await CheckPlacementAsync(three));
    }

    [Fact]
    public async Task A_query_for_one_key_reads_one_shard_when_pruning_is_on()
    {
        var assignment = Rebalance.First(new VirtualLayers(32), RingNode.Clusters["three"]);
        await CreateAsync("three", RingExpression.Compile(Key, assignment, RingNode.Clusters["three"]));
        await InsertAsync(0);
        var answer = await node.AskAsync(
            "SELECT groupUniqArray(_shard_num), count() FROM ring_rows WHERE customer_id = 42 AND event_type = 'sent'"
            + " SETTINGS optimize_skip_unused_shards = 1, force_optimize_skip_unused_shards = 2");
        var shard = assignment.ShardOf(RingKey.Of.Int64(42).String("sent"));
        Assert.StartsWith($"[{shard}]", answer, StringComparison.Ordinal);
    }

    private static int[] Shards => [1, 2, 3, 4];

    private static string Columns(bool nullable) =>
        $"(customer_id {(nullable ? "Nullable(Int64)" : "Int64")}, event_type LowCardinality(String))";

    private static string Writable(string cluster, string expression, bool nullable = false) =>
        $"CREATE TABLE ring_rows {Columns(nullable)} ENGINE = Distributed({cluster}, '', 'rows', {expression})";

    private async Task CreateAsync(string cluster, string expression, bool nullable = false)
    {
        foreach (var shard in Shards)
            await RunEachAsync(
                $"CREATE DATABASE IF NOT EXISTS shard_{shard}",
                $"DROP TABLE IF EXISTS shard_{shard}.rows",
                $"CREATE TABLE shard_{shard}.rows {Columns(nullable)} ENGINE = MergeTree ORDER BY tuple()");
        await RunEachAsync("DROP TABLE IF EXISTS ring_rows", Writable(cluster, expression, nullable));
    }

    private Task InsertAsync(int from) => node.RunAsync(
        "INSERT INTO ring_rows SELECT number % 1000, ['sent', 'delivered', 'opened'][number % 3 + 1]"
        + $" FROM numbers({from}, {Rows}) SETTINGS distributed_foreground_insert = 1");

    private async Task<int> CheckPlacementAsync(Assignment assignment)
    {
        var seen = 0;
        foreach (var shard in Shards)
        {
            var rows = await node.AskAsync($"SELECT customer_id, event_type FROM shard_{shard}.rows FORMAT TSV");
            foreach (var row in rows.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t')))
            {
                var key = RingKey.Of.Int64(long.Parse(row[0], CultureInfo.InvariantCulture)).String(row[1]);
                Assert.Equal(assignment.ShardOf(key), shard);
                seen++;
            }
        }

        return seen;
    }

    private async Task RunEachAsync(params string[] statements)
    {
        foreach (var sql in statements)
            await node.RunAsync(sql);
    }
}
