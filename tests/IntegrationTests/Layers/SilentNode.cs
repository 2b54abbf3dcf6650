using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Millrace.IntegrationTests.Layers;

/// <summary>A node that is ready, takes every query whole, and is gone before it answers: whether it has done the work, nobody can tell.</summary>
internal sealed class SilentNode : IDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private int taken;
    private int checks;

    public SilentNode()
    {
        listener.Start();
        _ = AcceptAsync();
    }

    public Uri Http => new($"http://{listener.LocalEndpoint}");

    /// <summary>Queries that reached it.</summary>
    public int Taken => Volatile.Read(ref taken);

    /// <summary>How often the balancer has asked whether it is ready.</summary>
    public int Checks => Volatile.Read(ref checks);

    public void Dispose() => listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync());
        }
        catch (Exception error) when (error is SocketException or ObjectDisposedException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using (client)
        {
            var request = await ReadAsync(client.GetStream());
            if (request.Contains("SELECT%20declaration", StringComparison.Ordinal))
            {
                const string Ready = "nothing-is-declared";
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {Ready.Length}\r\nConnection: close\r\n\r\n{Ready}"));
                Interlocked.Increment(ref checks);
            }
            else if (request.Length > 0)
            {
                Interlocked.Increment(ref taken);
            }
        }
    }

    private static async Task<string> ReadAsync(NetworkStream stream)
    {
        var (text, buffer) = ("", new byte[4096]);
        for (int read; (read = await stream.ReadAsync(buffer)) > 0;)
        {
            text += Encoding.ASCII.GetString(buffer, 0, read);
            var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (end < 0)
                continue;
            var length = text[..end].Split("\r\n").Where(line => line.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase))
                .Select(line => int.Parse(line.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture)).FirstOrDefault();
            if (text.Length >= end + 4 + length)
                return text;
        }

        return "";
    }
}
