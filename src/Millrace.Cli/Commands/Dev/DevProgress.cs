using Millrace.DevCluster;

namespace Millrace.Cli.Commands.Dev;

/// <summary>Says once of each process that it is ready.</summary>
internal sealed class DevProgress(TextWriter output)
{
    private readonly HashSet<string> said = new(StringComparer.Ordinal);

    public void Show(ClusterState state)
    {
        foreach (var broker in state.Brokers.Where(b => b.ProcessId is not null))
            Say($"broker {broker.Name}", state);
        foreach (var node in state.Nodes.Where(n => n.ProcessId is not null))
            Say(node.Name, state);
    }

    private void Say(string what, ClusterState state)
    {
        if (said.Add(what))
            output.WriteLine($"ready: {what}  ({said.Count} of {state.Brokers.Length + state.Nodes.Length})");
    }
}
