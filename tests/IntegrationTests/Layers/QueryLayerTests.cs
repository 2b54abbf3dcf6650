using System.Security.Authentication;
using Xunit;

namespace Millrace.IntegrationTests.Layers;

/// <summary>Query layers on real servers behind a real HAProxy.</summary>
[Trait("Kind", "Proof")]
public sealed class QueryLayerTests(LayerFleet fleet) : IClassFixture<LayerFleet>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task No_query_fails_while_a_layer_grows_loses_a_node_and_changes_its_tables()
    {
        fleet.DeclareNodes(dashboards: 1);
        await fleet.BalanceAsync();
        await AskUntilReadyAsync("SELECT 1");
        await using var load = new DashboardLoad(fleet.Http, "grafana", LayerFleet.Password, clients: 4);
        await load.UntilNodesAsync(1);

        fleet.DeclareNodes(dashboards: 3);
        await fleet.BalanceAsync();
        await load.UntilNodesAsync(3);

        await fleet.Servers.KillAsync("dashboards-2");
        fleet.Cluster.Wipe("dashboards-2");
        await fleet.Servers.StartAsync("dashboards-2", Cancel);
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
        fleet.DeclareNodes(dashboards: 3);
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
    public async Task A_whole_layer_is_added_to_a_live_fleet_and_the_old_one_feels_nothing()
    {
        await fleet.Servers.KillAsync("monitoring-1"); // Another test may have used it: the nodes of a new layer are blank.
        fleet.Cluster.Wipe("monitoring-1");
        await fleet.Servers.StartAsync("monitoring-1", Cancel);
        fleet.DeclareNodes(dashboards: 3, monitoring: false);
        await fleet.BalanceAsync();
        await AskUntilReadyAsync("SELECT 1");
        var before = await StoredAsync();
        await using var load = new DashboardLoad(fleet.Http, "grafana", LayerFleet.Password, clients: 4);
        await load.UntilNodesAsync(3);

        fleet.DeclareNodes(dashboards: 3, monitoring: true);
        var plan = await fleet.RunAsync("plan");
        Assert.Matches(@"\d  monitoring  1 of 1 node", plan);
        Assert.DoesNotMatch(@"\d  (data|events|dashboards)  ", plan);
        await fleet.ApplyAsync();
        await fleet.BalanceAsync();
        Assert.Equal("1000", await AskUntilReadyAsync("SELECT count() FROM shop.events", fleet.MonitoringHttp, "alerts"));
        await using (var alerts = new DashboardLoad(fleet.MonitoringHttp, "alerts", LayerFleet.Password, clients: 2))
        {
            await alerts.UntilNodesAsync(1);
            await load.UntilNodesAsync(3);
            Assert.Empty(alerts.Failures);
        }

        Assert.Empty(load.Failures);
        Assert.Equal(before, await StoredAsync()); // Not one part was written or moved.
        Assert.Contains("AUTHENTICATION_FAILED", await AskAsync("SELECT 1", user: "alerts"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Frontends_speak_TLS_to_clients_that_check_the_authority()
    {
        var file = Path.Combine(fleet.Folder, "balancer.pem");
        using var certificate = new BalancerCertificate(file);
        fleet.DeclareNodes(dashboards: 3, certificate: file);
        await fleet.BalanceAsync(); // Runs `haproxy -c` first.
        var https = new UriBuilder(fleet.Http) { Scheme = "https" }.Uri;
        await UntilTlsAsync(https, certificate);

        Assert.Equal("1000", await AskAsync("SELECT count() FROM shop.events", https, trusted: certificate));
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync("SELECT 1", https));
        using var other = new BalancerCertificate(Path.Combine(fleet.Folder, "other.pem"));
        var stranger = await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync("SELECT 1", https, trusted: other));
        Assert.IsType<AuthenticationException>(stranger.InnerException);
        await Assert.ThrowsAsync<HttpRequestException>(() => AskAsync("SELECT 1")); // Plain HTTP finds no server there.

        Assert.Equal("ClickHouse", await NativeHello.OverTlsAsync(fleet.Native, certificate.Client, "grafana", LayerFleet.Password, Cancel));
        await Assert.ThrowsAsync<AuthenticationException>(
            () => NativeHello.OverTlsAsync(fleet.Native, other.Client, "grafana", LayerFleet.Password, Cancel));
    }

    /// <summary>A stream of bytes cannot be sent again, so what a killed node was working on fails; nothing else may, and no answer is short.</summary>
    [Fact]
    public async Task Native_clients_lose_only_what_a_killed_node_was_working_on()
    {
        const int Clients = 4;
        fleet.DeclareNodes(dashboards: 3);
        await fleet.BalanceAsync();
        await AskUntilReadyAsync("SELECT 1");
        await using var load = new NativeLoad(fleet.Cluster.Http("monitoring-1"), fleet.Native, "grafana", LayerFleet.Password, Clients);
        await fleet.UntilNativeAsync(nodes: 3);
        await load.UntilAsync(answers: 12);

        fleet.DeclareNodes(dashboards: 2); // Taken out of the balancer first: connections end where they are.
        await fleet.BalanceAsync();
        await fleet.UntilNativeAsync(nodes: 2);
        await load.UntilAsync(answers: 12);
        fleet.DeclareNodes(dashboards: 3);
        await fleet.BalanceAsync();
        await fleet.UntilNativeAsync(nodes: 3);
        await load.UntilAsync(answers: 12);
        Assert.InRange(load.Failures.Count, 0, Clients * fleet.Servers.Aborted);

        await fleet.Servers.KillAsync("dashboards-2");
        fleet.Cluster.Wipe("dashboards-2");
        await fleet.UntilNativeAsync(nodes: 2);
        await load.UntilAsync(answers: 12);
        var lost = load.Failures.Count;
        Assert.InRange(lost, 0, Clients * (1 + fleet.Servers.Aborted));
        await fleet.Servers.StartAsync("dashboards-2", Cancel);
        await fleet.UntilNativeAsync(nodes: 2);
        await load.UntilAsync(answers: 12);
        await fleet.ApplyAsync();
        await fleet.UntilNativeAsync(nodes: 3);
        await load.UntilAsync(answers: 12);

        Assert.Empty(load.Wrong);
        Assert.True(load.Failures.Count - lost <= Clients * fleet.Servers.Aborted, string.Join('\n', load.Failures));
        TestContext.Current.TestOutputHelper?.WriteLine($"{lost} queries were lost with their node");
    }

    /// <summary>A reload lets the former process answer a little longer, and the new one begins with its checks.</summary>
    private async Task UntilTlsAsync(Uri https, BalancerCertificate certificate)
    {
        await Patience.UntilAsync(
            async () =>
            {
                try
                {
                    return await AskAsync("SELECT 1", https, trusted: certificate) == "1";
                }
                catch (HttpRequestException)
                {
                    return false; // Plain HTTP still.
                }
            },
            () => "no answer over TLS");
    }

    private async Task<string> StoredAsync() => string.Join('\n', await Task.WhenAll(new[] { "data-1", "data-2" }.Select(node => fleet.Cluster.Http(node).AskAsync(
        "SELECT table, uniq(name), max(modification_time) FROM system.parts WHERE database = 'shop' GROUP BY table ORDER BY table"))));

    /// <summary>The balancer knows no node to be ready before its first check, and opens a new frontend a moment after it was told to.</summary>
    private async Task<string> AskUntilReadyAsync(string sql, Uri? address = null, string user = "grafana")
    {
        var answer = "";
        await Patience.UntilAsync(
            async () =>
            {
                try
                {
                    answer = await AskAsync(sql, address, user: user);
                    return !answer.Contains("503 Service Unavailable", StringComparison.Ordinal);
                }
                catch (HttpRequestException)
                {
                    return false; // Not open yet, or still the worker of the configuration before: that of another test may have spoken TLS here.
                }
            },
            () => "no node became ready");
        return answer;
    }

    private async Task<string> AskAsync(
        string sql, Uri? address = null, string password = LayerFleet.Password, string user = "grafana", BalancerCertificate? trusted = null)
    {
        using var handler = new SocketsHttpHandler();
        if (trusted is not null)
            handler.SslOptions = trusted.Client;
        using var http = new HttpClient(handler);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{address ?? fleet.Http}?query={Uri.EscapeDataString(sql)}");
        request.Headers.Add("X-ClickHouse-User", user);
        request.Headers.Add("X-ClickHouse-Key", password);
        using var answer = await http.SendAsync(request, Cancel);
        return (await answer.Content.ReadAsStringAsync(Cancel)).TrimEnd('\n');
    }
}
