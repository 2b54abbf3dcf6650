using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Millrace.Bench.Chaos;

/// <summary>
/// A TCP proxy before a Kafka broker, whose connectivity can be cut and restored. A broker tells clients where to connect,
/// so the proxy writes its own port over the broker's in every answer; both take four bytes, so nothing else moves.
/// </summary>
internal sealed class BrokerProxy : IAsyncDisposable
{
    private readonly IPEndPoint broker;
    private readonly byte[] brokerAddress;
    private readonly byte[] proxyAddress;
    private readonly IPEndPoint here;
    private readonly ConcurrentDictionary<TcpClient, bool> open = [];
    private TcpListener listener;

    /// <param name="broker">Where the broker listens, <c>127.0.0.1:port</c>.</param>
    public BrokerProxy(string broker)
    {
        this.broker = IPEndPoint.Parse(broker);
        listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        here = (IPEndPoint)listener.LocalEndpoint;
        brokerAddress = AddressInAnswers(this.broker);
        proxyAddress = AddressInAnswers(here);
        _ = AcceptAsync(listener);
    }

    /// <summary>Where clients connect.</summary>
    public string Address => here.ToString();

    /// <summary>Breaks every connection and refuses new ones.</summary>
    public void Cut()
    {
        listener.Stop();
        foreach (var connection in open.Keys)
            connection.Close();
    }

    /// <summary>Accepts connections again, on the same port.</summary>
    public void Restore()
    {
        listener = new TcpListener(here);
        listener.Start();
        _ = AcceptAsync(listener);
    }

    public ValueTask DisposeAsync()
    {
        Cut();
        return ValueTask.CompletedTask;
    }

    private async Task AcceptAsync(TcpListener from)
    {
        try
        {
            while (true)
                _ = ServeAsync(await from.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut: nobody connects any more.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var server = new TcpClient();
        using (client)
        {
            (open[client], open[server]) = (true, true);
            try
            {
                await server.ConnectAsync(broker);
                (client.NoDelay, server.NoDelay) = (true, true);
                await Task.WhenAny(
                    client.GetStream().CopyToAsync(server.GetStream()),
                    CopyAnswersAsync(server.GetStream(), client.GetStream()));
            }
            catch (Exception error) when (error is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
            {
                // Either side went away, or the connection was cut: the other side is closed too.
            }

            open.TryRemove(client, out _);
            open.TryRemove(server, out _);
        }
    }

    /// <summary>Kafka's answers: a length of four bytes, then that many.</summary>
    private async Task CopyAnswersAsync(NetworkStream from, NetworkStream to)
    {
        var length = new byte[4];
        while (true)
        {
            await from.ReadExactlyAsync(length);
            var answer = new byte[4 + BinaryPrimitives.ReadInt32BigEndian(length)];
            length.CopyTo(answer, 0);
            await from.ReadExactlyAsync(answer.AsMemory(4));
            WriteOwnAddress(answer);
            await to.WriteAsync(answer);
        }
    }

    private void WriteOwnAddress(Span<byte> answer)
    {
        for (int at; (at = answer.IndexOf(brokerAddress)) >= 0; answer = answer[(at + brokerAddress.Length)..])
            proxyAddress.CopyTo(answer[at..]);
    }

    /// <summary>The host's text and, right behind it, the port as a 32-bit number: so it is in every version of the protocol.</summary>
    private static byte[] AddressInAnswers(IPEndPoint address)
    {
        var bytes = new byte[address.Address.ToString().Length + 4];
        Encoding.ASCII.GetBytes(address.Address.ToString(), bytes);
        BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(^4..), address.Port);
        return bytes;
    }
}
