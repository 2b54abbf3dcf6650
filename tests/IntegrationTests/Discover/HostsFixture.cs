using System.Net;
using System.Net.Sockets;
using Millrace.ClickHouse.Http;
using Millrace.Embedded;
using Xunit;

namespace Millrace.IntegrationTests.Discover;

/// <summary>Servers on 127.0.0.2 and up with one HTTP port, as the hosts of a real fleet have.</summary>
public sealed class HostsFixture : IAsyncLifetime
{
    private readonly TempFolder _folder = new();
    private EmbeddedNode[] _servers = [];

    public HttpNodeConnector Connector { get; } = new();

    /// <summary>HTTP; the native port is the next one.</summary>
    public int Port { get; } = FreePort();

    public async ValueTask InitializeAsync() => _servers = await Task.WhenAll(
        StartAsync("127.0.0.2", "<hostClusterRole>data</hostClusterRole><shard>1</shard><replica>a</replica>"),
        StartAsync("127.0.0.3", "<hostClusterRole>data</hostClusterRole><shard>2</shard><replica>b</replica>"),
        StartAsync("127.0.0.4", "<hostClusterRole>events</hostClusterRole><shard>7</shard>"),
        StartAsync("127.0.0.5", ""));

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_servers.Select(server => server.DisposeAsync().AsTask()));
        Connector.Dispose();
        _folder.Dispose();
    }

    private Task<EmbeddedNode> StartAsync(string host, string macros)
    {
        var native = Port + 1;
        var config = $"""
            <clickhouse>
              <macros>{macros}</macros>
              <remote_servers>
                <data>{Shard("127.0.0.2", native)}{Shard("127.0.0.3", native)}</data>
                <data_single><shard>{Replica("127.0.0.2", native)}{Replica("127.0.0.3", native)}</shard></data_single>
                <events>{Shard("127.0.0.4", native)}</events>
                <with_dead>{Shard("127.0.0.4", native)}{Shard("127.0.0.9", native)}</with_dead>
                <blank>{Shard("127.0.0.5", native)}</blank>
                <crowded>{Shard("127.0.0.2", native)}{Shard("127.0.0.2", native + 1)}</crowded>
              </remote_servers>
            </clickhouse>
            """;
        return EmbeddedNode.StartAsync(new NodeOptions
        {
            ConfigFile = _folder.Write($"{host}.xml", config),
            DataFolder = _folder.File(host),
            ListenHost = host,
            HttpPort = Port,
            TcpPort = native,
        });
    }

    private static string Shard(string host, int port) => $"<shard>{Replica(host, port)}</shard>";

    private static string Replica(string host, int port) => $"<replica><host>{host}</host><port>{port}</port></replica>";

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Any, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
