using System.Text;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Embedded;
using Millrace.Engine.Nodes;
using Millrace.HashRing;
using Xunit;

namespace Millrace.IntegrationTests.HashRing;

/// <summary>A server that plays every shard of its clusters: each shard is a database of its own on it.</summary>
public sealed class RingNode : IAsyncLifetime
{
    /// <summary>The entries of remote_servers, with the shards in their order.</summary>
    public static readonly IReadOnlyDictionary<string, ShardWeight[]> Clusters = new Dictionary<string, ShardWeight[]>
    {
        ["two"] = [new(1), new(2)],
        ["three"] = [new(1), new(2), new(3)],
        ["weighted"] = [new(3, 3), new(4, 0), new(1, 1), new(2, 2)],
    };

    private readonly TempFolder folder = new();
    private readonly HttpNodeConnector connector = new();
    private EmbeddedNode? node;

    public INodeConnection Connection { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        var port = FreePorts.Take(1)[0];
        node = await EmbeddedNode.StartAsync(
            new NodeOptions
            {
                DataFolder = folder.File("data"),
                ConfigFile = folder.Write("config.xml", Config(port)),
                TcpPort = port,
            },
            cancel: TestContext.Current.CancellationToken);
        Connection = connector.Connect(node.Http, new ConnectOptions());
    }

    public async ValueTask DisposeAsync()
    {
        if (node is not null)
            await node.DisposeAsync();
        connector.Dispose();
        folder.Dispose();
    }

    /// <summary>A query's answer as text.</summary>
    public async Task<string> AskAsync(string sql) =>
        Encoding.UTF8.GetString(await Connection.QueryAsync(sql, cancel: TestContext.Current.CancellationToken)).TrimEnd();

    public Task RunAsync(string sql) => Connection.ExecuteAsync(sql, cancel: TestContext.Current.CancellationToken);

    private static string Config(int port)
    {
        var clusters = Clusters.Select(cluster => $"<{cluster.Key}>{string.Concat(cluster.Value.Select(s =>
            $"""
             <shard><weight>{s.Weight}</weight><internal_replication>true</internal_replication><replica>
             <host>127.0.0.1</host><port>{port}</port><default_database>shard_{s.Shard}</default_database>
             </replica></shard>
             """))}</{cluster.Key}>");
        return $"<clickhouse><remote_servers>{string.Concat(clusters)}</remote_servers></clickhouse>";
    }
}
