using System.Net;
using System.Net.Sockets;

namespace Millrace.Embedded;

/// <summary>TCP ports of this machine that nobody listens on.</summary>
public static class FreePorts
{
    /// <summary>Takes <paramref name="count"/> different ports that were free a moment ago.</summary>
    public static int[] Take(int count)
    {
        var held = new List<TcpListener>();
        try
        {
            for (var i = 0; i < count; i++)
            {
                held.Add(new TcpListener(IPAddress.Loopback, 0));
                held[^1].Start();
            }

            return [.. held.Select(l => ((IPEndPoint)l.LocalEndpoint).Port)];
        }
        finally
        {
            foreach (var listener in held)
                listener.Dispose();
        }
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
