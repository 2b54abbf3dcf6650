using Xunit;

namespace Millrace.IntegrationTests.Layers;

/// <summary>Query layers on real servers behind a real HAProxy.</summary>
public sealed class QueryLayerTests(LayerFleet fleet) : IClassFixture<LayerFleet>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_query_fails_while_a_layer_grows_loses_a_node_and_changes_its_tables()
    {
        fleet.DeclareNodes(dashboards: 1);
        await fleet.BalanceAsync();
        // The balancer knows no node to be ready before its first check.
        await AskUntilReadyAsync("SELECT 1");
        await using var load = new DashboardLoad(fleet.Http, "grafana", LayerFleet.Password, clients: 4);
        await load.UntilNodesAsync(1);

        fleet.DeclareNodes(dashboards: 3);
        await fleet.BalanceAsync();
        await load.UntilNodesAsync(3);

        await fleet.Cluster.KillAsync("dashboards-2");
        fleet.Cluster.Wipe("dashboards-2");
        await fleet.Cluster.StartAsync("dashboards-2", Cancel);
        await load.UntilNodesAsync(2);
        await fleet.ApplyAsync();
        await load.UntilNodesAsync(3);

        fleet.DeclareTable(", page: String");
        await fleet.BalanceAsync("--with-live");
        await fleet.ApplyAsync();
        await fleet.BalanceAsync();
        await load.UntilNodesAsync(3);

        Assert.Empty(load.Failures);
        Assert.True(load.Answers > 0);
        Assert.Equal("page", await AskAsync("SELECT name FROM system.columns WHERE database = 'shop' AND table = 'events' AND name = 'page'"));
    }

    [Fact]
    public async Task A_layers_user_reads_its_tables_within_its_limits_and_nothing_else()
    {
        await fleet.BalanceAsync();
        Assert.Equal("1000", await AskUntilReadyAsync("SELECT count() FROM shop.events"));
        Assert.Contains("AUTHENTICATION_FAILED", await AskAsync("SELECT 1", password: "wrong"), StringComparison.Ordinal);
        Assert.Contains("UNKNOWN_TABLE", await AskAsync("SELECT count() FROM shop.ingestion_errors"), StringComparison.Ordinal);
        Assert.Contains("ACCESS_DENIED", await AskAsync("SELECT count() FROM millrace.ready_shop"), StringComparison.Ordinal);
        Assert.Contains("SETTING_CONSTRAINT_VIOLATION", await AskAsync("SELECT 1 SETTINGS max_threads = 64"), StringComparison.Ordinal);
        Assert.Contains("DISTRIBUTED_IN_JOIN_SUBQUERY_DENIED", await AskAsync("SELECT count() FROM shop.events WHERE id IN (SELECT id FROM shop.events)"), StringComparison.Ordinal);
        Assert.Equal(
            "distributed_aggregation_memory_efficient\t1\ndistributed_product_mode\tdeny\nenable_memory_bound_merging_of_aggregation_results\t1\nskip_unavailable_shards\t0",
            await AskAsync("SELECT name, value FROM system.settings WHERE name IN ('skip_unavailable_shards', 'distributed_product_mode', 'distributed_aggregation_memory_efficient', 'enable_memory_bound_merging_of_aggregation_results') ORDER BY name"));
    }

    [Fact]
    public async Task The_native_protocol_is_balanced_too()
    {
        await fleet.BalanceAsync();
        await AskUntilReadyAsync("SELECT 1");
        Assert.Equal("1000", await fleet.Cluster.Http("monitoring-1").AskAsync(
            $"SELECT count() FROM remote('127.0.0.1:{fleet.Native}', 'shop', 'events', 'grafana', '{LayerFleet.Password.Replace("'", "\\'", StringComparison.Ordinal)}')"));
    }

    private async Task<string> AskUntilReadyAsync(string sql)
    {
        for (var i = 0; i < 100 && await AskAsync(sql) is var answer; i++, await Task.Delay(100, Cancel))
            if (!answer.Contains("503 Service Unavailable", StringComparison.Ordinal))
                return answer;
        return "no node became ready";
    }

    private async Task<string> AskAsync(string sql, string password = LayerFleet.Password)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{fleet.Http}?query={Uri.EscapeDataString(sql)}");
        request.Headers.Add("X-ClickHouse-User", "grafana");
        request.Headers.Add("X-ClickHouse-Key", password);
        using var answer = await http.SendAsync(request, Cancel);
        return (await answer.Content.ReadAsStringAsync(Cancel)).TrimEnd('\n');
    }
}
