using System.Net.Sockets;
using Millrace.Embedded;

namespace Millrace.IntegrationTests.Apply;

/// <summary>A ZooKeeper server (Debian's package <c>zookeeper</c>) that ends with this process.</summary>
internal sealed class ZooKeeper : IAsyncDisposable
{
    private const string Jar = "/usr/share/java/zookeeper.jar";

    private readonly OwnedProcess process;

    private ZooKeeper(OwnedProcess process, int port)
    {
        this.process = process;
        Address = $"127.0.0.1:{port}";
    }

    public string Address { get; }

    public static async Task<ZooKeeper> StartAsync(TempFolder folder, CancellationToken cancel)
    {
        if (!File.Exists(Jar))
            throw new InvalidOperationException($"{Jar} is missing: apt-get install zookeeper");
        var port = FreePorts.Take(1)[0];
        var config = folder.Write("zoo.cfg", $"""
            tickTime=2000
            dataDir={folder.File("zookeeper")}
            clientPort={port}
            clientPortAddress=127.0.0.1
            admin.enableServer=false

            """);
        // Java does not leave when its input closes, so that a shell waits for that.
        var script = $"java -Xmx128m -cp {Jar}:/etc/zookeeper/conf org.apache.zookeeper.server.quorum.QuorumPeerMain {config} & cat >/dev/null; kill -9 $!";
        var server = new ZooKeeper(OwnedProcess.Start("/bin/sh", ["-c", script], folder.File("zookeeper.log")), port);
        await server.WaitAsync(port, cancel);
        return server;
    }

    public ValueTask DisposeAsync() => process.DisposeAsync();

    private async Task WaitAsync(int port, CancellationToken cancel)
    {
        var said = "";
        await Patience.UntilAsync(
            async () =>
            {
                said = await process.LastOutputAsync();
                return await ListensAsync(port, cancel);
            },
            () => $"ZooKeeper did not start: {said}");
    }

    private static async Task<bool> ListensAsync(int port, CancellationToken cancel)
    {
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync("127.0.0.1", port, cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
