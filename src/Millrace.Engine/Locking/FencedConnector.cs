using Millrace.Core.Model;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Locking;

/// <summary>Connections over which a statement starts only while the lock is held, and says whose it is.</summary>
public sealed class FencedConnector(INodeConnector inner, Lease lease) : INodeConnector
{
    public INodeConnection Connect(Uri http, ConnectOptions options) => new Fenced(inner.Connect(http, options), lease);

    private sealed class Fenced(INodeConnection inner, Lease lease) : INodeConnection
    {
        public async Task ExecuteAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default)
        {
            await lease.EnterAsync(cancel);
            await inner.ExecuteAsync(sql, Marked(options ?? new StatementOptions()), cancel);
        }

        public Task<byte[]> QueryAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default) =>
            inner.QueryAsync(sql, options, cancel);

        private StatementOptions Marked(StatementOptions options)
        {
            var settings = new Dictionary<string, string>(options.Settings ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal)
            {
                ["log_comment"] = FormerStatements.Comment(lease.State.Apply),
            };
            return options with { Settings = settings };
        }
    }
}
