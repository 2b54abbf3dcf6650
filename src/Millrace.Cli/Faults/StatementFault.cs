using System.Globalization;
using System.Text.RegularExpressions;
using Millrace.Core.Model;
using Millrace.Embedded;
using Millrace.Engine;
using Millrace.Engine.Nodes;

namespace Millrace.Cli.Faults;

/// <summary>
/// For tests: <c>MILLRACE_FAULT=kill@3</c> ends this process the hard way right after its third statement on a node,
/// <c>stop@3</c> freezes it there, and <c>kill@/EXCHANGE/</c> ends it after the first statement that fits.
/// </summary>
internal sealed class StatementFault(INodeConnector inner, Action<int> strike, string after) : INodeConnector
{
    private const string Variable = "MILLRACE_FAULT";

    private readonly Regex? pattern = after.StartsWith('/') ? new Regex(after.Trim('/'), RegexOptions.Singleline, TimeSpan.FromSeconds(1)) : null;
    private readonly int number = after.StartsWith('/') ? 0 : int.Parse(after, CultureInfo.InvariantCulture);
    private int statements;

    public static INodeConnector IfAsked(INodeConnector connector) => Environment.GetEnvironmentVariable(Variable)?.Split('@', 2) switch
    {
        null => connector,
        ["kill", var after] => new StatementFault(connector, UnixProcess.Kill, after),
        ["stop", var after] => new StatementFault(connector, UnixProcess.Pause, after),
        _ => throw new UserErrorException($"{Variable} must be kill@N, stop@N or kill@/PATTERN/; it is for tests"),
    };

    public INodeConnection Connect(Uri http, ConnectOptions options) => new Faulty(inner.Connect(http, options), this);

    private void Count(string sql)
    {
        if (Interlocked.Increment(ref statements) == number || pattern?.IsMatch(sql) == true)
            strike(Environment.ProcessId);
    }

    private sealed class Faulty(INodeConnection inner, StatementFault fault) : INodeConnection
    {
        public async Task ExecuteAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default)
        {
            await inner.ExecuteAsync(sql, options, cancel);
            fault.Count(sql);
        }

        public Task<byte[]> QueryAsync(string sql, StatementOptions? options = null, CancellationToken cancel = default) =>
            inner.QueryAsync(sql, options, cancel);
    }
}
