using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Millrace.Embedded;
using Millrace.Engine;
using Xunit;

namespace Millrace.IntegrationTests.Embedded;

public sealed class EmbeddedNodeTests : IDisposable
{
    private readonly TempFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private NodeOptions Options => new()
    {
        DataFolder = folder.File("data"),
        ConfigFile = folder.Write("config.xml", "<clickhouse><macros><hostClusterRole>lab</hostClusterRole></macros></clickhouse>"),
    };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_node_answers_with_its_configuration_and_leaves_when_disposed()
    {
        var watch = Stopwatch.StartNew();
        int process;
        await using (var node = await EmbeddedNode.StartAsync(Options, cancel: Cancel))
        {
            process = node.Process.Id;
            TestContext.Current.SendDiagnosticMessage("started in {0} ms", watch.ElapsedMilliseconds);
            using var http = new HttpClient { BaseAddress = node.Http };
            Assert.Equal("lab\n", await http.GetStringAsync("/?query=SELECT+getMacro('hostClusterRole')", Cancel));
        }

        Assert.False(Directory.Exists($"/proc/{process}"));
    }

    [Fact]
    public async Task Closing_its_input_lets_the_server_leave_by_itself()
    {
        await using var node = await EmbeddedNode.StartAsync(Options, cancel: Cancel);
        var watch = Stopwatch.StartNew();
        await node.Process.StopAsync(TimeSpan.FromSeconds(20));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"took {watch.Elapsed}");
    }

    [Fact]
    public async Task A_taken_port_is_named()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;
        var error = await Assert.ThrowsAsync<UserErrorException>(
            () => EmbeddedNode.StartAsync(Options with { HttpPort = port }, cancel: Cancel));
        Assert.Contains($"{port} (HTTP) on 127.0.0.1 is taken", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_broken_configuration_is_quoted_without_a_stack_trace()
    {
        var options = Options with { ConfigFile = folder.Write("broken.xml", "<clickhouse><macros>") };
        var error = await Assert.ThrowsAsync<UserErrorException>(() => EmbeddedNode.StartAsync(options, cancel: Cancel));
        Assert.Contains("broken.xml", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Stack trace", error.Message, StringComparison.Ordinal);
    }
}
