using System.Globalization;
using Millrace.Core.Model;
using Millrace.Embedded;
using Millrace.Engine;
using Millrace.Engine.Nodes;

namespace Millrace.Cli.Faults;

/// <summary>
/// For tests: <c>MILLRACE_FAULT=kill@3</c> ends this process the hard way right after its third statement on a node,
/// <c>stop@3</c> freezes it there.
/// </summary>
internal sealed class StatementFault(INodeConnector inner, Action<int> strike, int after) : INodeConnector
{
    private const string Variable = "MILLRACE_FAULT";

    private int statements;

    public static INodeConnector IfAsked(INodeConnector connector) => Environment.GetEnvironmentVariable(Variable)?.Split('@') switch
    {
        null => connector,
        ["kill", var after] => new StatementFault(connector, UnixProcess.Kill, int.Parse(after, CultureInfo.InvariantCulture)),
        ["stop", var after] => new StatementFault(connector, UnixProcess.Pause, int.Parse(after, CultureInfo.InvariantCulture)),
        _ => throw new UserErrorException($"{Variable} must be kill@N or stop@N; it is for tests"),
    };

    public INodeConnection Connect(Uri http, ConnectOptions options) => new Faulty(inner.Connect(http, options), this);

    private void Count()
    {
        if (Interlocked.Increment(ref statements) == after)
            strike(Environment.ProcessId);
    }

    private sealed class Faulty(INodeConnection inner, StatementFault fault) : INodeConnection
    {
        public async Task ExecuteAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default)
        {
            await inner.ExecuteAsync(sql, options, cancel);
            fault.Count();
        }

        public Task<byte[]> QueryAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default) =>
            inner.QueryAsync(sql, options, cancel);
    }
}
