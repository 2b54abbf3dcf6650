using Millrace.Core.Balancer;
using Millrace.Core.Model;
using Millrace.Embedded;
using Xunit;

namespace Millrace.IntegrationTests.Layers;

/// <summary>What a real HAProxy does with our configuration when a node took a query and its answer is lost.</summary>
public sealed class LostAnswerTests : IAsyncLifetime
{
    private readonly TempFolder files = new();
    private readonly SilentNode[] nodes = [new(), new(), new()];
    private readonly int port = FreePorts.Take(1)[0];
    private OwnedProcess balancer = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private int Taken => nodes.Sum(node => node.Taken);

    public async ValueTask InitializeAsync()
    {
        var fleet = new Fleet
        {
            Roles = [new Role("dashboards", RoleKind.Query) { Layer = new QueryLayer { Balance = new Balancing { Http = port } } }],
            Nodes = [.. nodes.Select((node, i) => new Node($"dashboards-{i + 1}", "dashboards", node.Http))],
        };
        files.Write("haproxy.cfg", HaproxyConfig.Render(
            new Project { Name = "shop", Database = "shop", Fleet = fleet },
            new BalancerOptions { Bind = "127.0.0.1", Stats = null, SlowStart = TimeSpan.FromMilliseconds(1) }));
        balancer = OwnedProcess.Start("/bin/sh", ["-c", "haproxy -db -f \"$0\" </dev/null & cat >/dev/null; kill $!", files.File("haproxy.cfg")], files.File("haproxy.log"));
        for (var i = 0; i < 300 && nodes.Any(node => node.Checks == 0); i++)
            await Task.Delay(20, Cancel);
        await Task.Delay(100, Cancel);
    }

    [Theory]
    [InlineData("POST", "?query=INSERT%20INTO%20t%20VALUES", "(1)")]
    [InlineData("POST", "", "INSERT INTO t VALUES (1)")]
    [InlineData("POST", "?readonly=0", "INSERT INTO t VALUES (1)")]
    [InlineData("POST", "", "SELECT 1")] // It might be anything: nobody looks into the SQL.
    public async Task What_may_change_something_reaches_one_node_once(string method, string query, string body)
    {
        Assert.Equal(502, await AskAsync(method, query, body));
        Assert.Equal(1, Taken);
    }

    [Theory]
    [InlineData("GET", "?query=SELECT%201", null)]
    [InlineData("POST", "?readonly=1", "SELECT 1")]
    [InlineData("POST", "?readonly=2", "SELECT 1")]
    public async Task What_the_server_keeps_from_changing_anything_is_tried_on_other_nodes(string method, string query, string? body)
    {
        Assert.Equal(502, await AskAsync(method, query, body));
        Assert.True(nodes.Count(node => node.Taken > 0) > 1, $"{Taken} tries");
    }

    public async ValueTask DisposeAsync()
    {
        await balancer.DisposeAsync();
        foreach (var node in nodes)
            node.Dispose();
        files.Dispose();
    }

    private async Task<int> AskAsync(string method, string query, string? body)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), new Uri($"http://127.0.0.1:{port}/{query}"));
        if (body is not null)
            request.Content = new StringContent(body);
        using var answer = await http.SendAsync(request, Cancel);
        return (int)answer.StatusCode;
    }
}
