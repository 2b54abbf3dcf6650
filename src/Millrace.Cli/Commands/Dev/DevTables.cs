using System.Globalization;
using Millrace.Cli.Output;
using Millrace.DevCluster;

namespace Millrace.Cli.Commands.Dev;

/// <summary>The tables that <c>dev up</c> and <c>dev status</c> print.</summary>
internal static class DevTables
{
    public static string Addresses(ClusterState state) => Render(state, n => n.ProcessId is null ? "stopped" : "ok");

    public static string Render(ClusterState state, Func<ClusterState.NodeState, string> describe) =>
        TextTable.Render(
        [
            ["NODE", "ROLE", "STATE", "HTTP", "NATIVE", "PID"],
            .. state.Nodes.Select(n => (string[])
                [n.Name, n.Role, describe(n), $"http://127.0.0.1:{n.Ports.Http}", $"127.0.0.1:{n.Ports.Native}", Pid(n.ProcessId)]),
        ])
        + "\n"
        + TextTable.Render(
        [
            ["BROKER", "STATE", "BOOTSTRAP", "PID"],
            .. state.Brokers.Select(b => (string[])
                [b.Name, b.ProcessId is null ? "stopped" : "ok", b.Bootstrap, Pid(b.ProcessId)]),
        ])
        + (state.Postgres is not { } postgres ? "" : "\n" + TextTable.Render(
        [
            ["DATABASE", "STATE", "ADDRESS", "PID"],
            ["main", postgres.ProcessId is null ? "stopped" : "ok", $"127.0.0.1:{postgres.Port}", Pid(postgres.ProcessId)],
        ]));

    public static string Frontends(IEnumerable<(string Layer, string Http, string Native)> frontends) => TextTable.Render(
        [["LAYER", "HTTP", "NATIVE"], .. frontends.Select(frontend => (string[])[frontend.Layer, frontend.Http, frontend.Native])]);

    private static string Pid(int? process) => process?.ToString(CultureInfo.InvariantCulture) ?? "-";
}
