using Millrace.DevCluster;

namespace Millrace.Cli.Commands.Dev;

/// <summary>Says once of each process that was started that it is ready.</summary>
/// <param name="before">What ran already: nothing is said about it.</param>
internal sealed class DevProgress(TextWriter output, ClusterState? before)
{
    private readonly HashSet<int> known =
        [.. before?.Brokers.Select(b => b.ProcessId ?? 0) ?? [], .. before?.Nodes.Select(n => n.ProcessId ?? 0) ?? []];

    public void Show(ClusterState state)
    {
        var processes = state.Brokers.Select(b => (Name: $"broker {b.Name}", b.ProcessId))
            .Concat(state.Nodes.Select(n => (n.Name, n.ProcessId)))
            .ToArray();
        foreach (var (name, process) in processes)
        {
            if (process is { } id && known.Add(id))
                output.WriteLine($"ready: {name}  ({processes.Count(p => p.ProcessId is { } other && known.Contains(other))} of {processes.Length})");
        }
    }
}
