using System.Net;
using System.Net.Sockets;

namespace Millrace.IntegrationTests.Layers;

/// <summary>
/// Stands before a storage node's native port, and when a client is gone reads the node's answer to its end before it
/// closes. The embedded ClickHouse ends its process when a client resets a connection (ClickHouse#115666), which is what a killed
/// query node does with answers that it had not read; a real server logs it.
/// </summary>
internal sealed class DrainingProxy : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly IPEndPoint node;

    public DrainingProxy(string address)
    {
        node = IPEndPoint.Parse(address);
        listener.Start();
        _ = AcceptAsync();
    }

    public string Address => listener.LocalEndpoint.ToString()!;

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
            }
            catch (Exception error) when (error is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return; // Disposed.
            }
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        using (var server = new TcpClient { NoDelay = true })
        {
            client.NoDelay = true;
            try
            {
                await server.ConnectAsync(node, stop.Token);
            }
            catch (Exception error) when (error is SocketException or OperationCanceledException)
            {
                return; // The node is down: so is the connection.
            }

            var asking = PumpAsync(client.GetStream(), server.GetStream());
            var answering = PumpAsync(server.GetStream(), client.GetStream());
            await asking;
            server.Client.Shutdown(SocketShutdown.Send);
            await answering;
        }
    }

    /// <summary>Copies until the source ends; when the destination is gone, goes on reading.</summary>
    private async Task PumpAsync(NetworkStream from, NetworkStream to)
    {
        var buffer = new byte[64 * 1024];
        var isThere = true;
        try
        {
            for (int read; (read = await from.ReadAsync(buffer, stop.Token)) > 0;)
                isThere = isThere && await TryWriteAsync(to, buffer.AsMemory(0, read));
        }
        catch (Exception error) when (error is IOException or OperationCanceledException)
        {
            // The source reset the connection: that is its end.
        }
    }

    private async Task<bool> TryWriteAsync(NetworkStream to, ReadOnlyMemory<byte> bytes)
    {
        try
        {
            await to.WriteAsync(bytes, stop.Token);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
