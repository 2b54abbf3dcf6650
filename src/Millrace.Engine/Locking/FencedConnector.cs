using Millrace.Core.Model;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Locking;

/// <summary>Connections over which a statement starts only while the lock is held.</summary>
public sealed class FencedConnector(INodeConnector inner, Lease lease) : INodeConnector
{
    public INodeConnection Connect(Uri http, ConnectOptions options) => new Fenced(inner.Connect(http, options), lease);

    private sealed class Fenced(INodeConnection inner, Lease lease) : INodeConnection
    {
        public async Task ExecuteAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default)
        {
            await lease.EnterAsync(cancel);
            await inner.ExecuteAsync(sql, options, cancel);
        }

        public Task<byte[]> QueryAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default) =>
            inner.QueryAsync(sql, options, cancel);
    }
}
