using System.Net;
using System.Net.Sockets;

namespace Millrace.Embedded;

/// <summary>TCP ports of this machine that nobody listens on.</summary>
public static class FreePorts
{
    /// <summary>
    /// Below the ports that Linux hands out to clients (32768 and up), so that no outgoing connection takes one before
    /// its server listens.
    /// </summary>
    private const int First = 20_000, Last = 32_000;

    private static readonly HashSet<int> Handed = [];

    /// <summary>Takes <paramref name="count"/> different ports that were free a moment ago; never the same one twice.</summary>
    /// <exception cref="InvalidOperationException">None is left.</exception>
    public static int[] Take(int count) => [.. Enumerable.Range(0, count).Select(_ => Take())];

    private static int Take()
    {
        lock (Handed)
        {
            // Processes that start at once begin at different places.
            var start = Random.Shared.Next(First, Last);
            for (var i = 0; i < Last - First; i++)
            {
                var port = First + ((start - First + i) % (Last - First));
                if (IsFree("127.0.0.1", port) && Handed.Add(port))
                    return port;
            }
        }

        throw new InvalidOperationException($"no TCP port between {First} and {Last} is free");
    }

    /// <summary>Whether <paramref name="port"/> of <paramref name="host"/> can be listened on; 0 always can.</summary>
    public static bool IsFree(string host, int port)
    {
        if (port == 0)
            return true;
        var address = IPAddress.TryParse(host, out var ip) ? ip : IPAddress.Loopback;
        using var probe = new TcpListener(address, port);
        try
        {
            probe.Start();
            return true;
        }
        catch (SocketException error) when (error.SocketErrorCode is SocketError.AddressAlreadyInUse)
        {
            return false;
        }
    }
}
