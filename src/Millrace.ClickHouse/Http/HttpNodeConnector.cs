using System.Collections.Concurrent;
using System.Net.Security;
using Millrace.Core.Model;
using Millrace.Engine.Nodes;

namespace Millrace.ClickHouse.Http;

/// <summary>Connects to ClickHouse servers over HTTP or HTTPS; connections to one fleet share a pool.</summary>
public sealed class HttpNodeConnector(TimeProvider? time = null) : INodeConnector, IDisposable
{
    private readonly ConcurrentDictionary<(string? CaFile, TimeSpan ConnectTimeout), Lazy<HttpClient>> _clients = new();

    public INodeConnection Connect(Uri http, ConnectOptions options)
    {
        var client = _clients.GetOrAdd(
            (options.CaFile, options.ConnectTimeout),
            key => new Lazy<HttpClient>(() => NewClient(key.CaFile, key.ConnectTimeout)));
        return new HttpNodeConnection(client.Value, http, options, time ?? TimeProvider.System);
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            if (client.IsValueCreated)
                client.Value.Dispose();
    }

    private static HttpClient NewClient(string? caFile, TimeSpan connectTimeout)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectTimeout = connectTimeout,
            AllowAutoRedirect = false,
            // Nodes are addressed directly; a proxy meant for the web would only hide which of them is down.
            UseProxy = false,
            UseCookies = false,
            // DNS changes and load balancers are noticed within this time.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            SslOptions = new SslClientAuthenticationOptions
            {
                CertificateChainPolicy = caFile is null ? null : CertificateAuthority.PolicyFrom(caFile),
            },
        };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
