using Millrace.Embedded;

namespace Millrace.DevCluster;

/// <summary>Gives every node its two ports: those it had before, or new ones.</summary>
internal static class PortPlan
{
    /// <summary>Native ports are this far above the HTTP ports, as 19001 is above 18001.</summary>
    private const int NativeOffset = 1000;

    public static Dictionary<string, NodePorts> Assign(
        IEnumerable<string> nodes, IReadOnlyDictionary<string, NodePorts> known, int firstPort)
    {
        var plan = new Dictionary<string, NodePorts>(StringComparer.Ordinal);
        var taken = known.Values.Select(p => p.Http).ToHashSet();
        foreach (var node in nodes)
        {
            plan[node] = known.TryGetValue(node, out var ports) ? ports : firstPort == 0 ? AnyPorts() : CountedPorts(firstPort, taken);
            taken.Add(plan[node].Http);
        }

        return plan;
    }

    private static NodePorts AnyPorts()
    {
        var ports = FreePorts.Take(2);
        return new NodePorts(ports[0], ports[1]);
    }

    /// <summary>Numbers that a person can remember, and below those that the system hands out to clients.</summary>
    private static NodePorts CountedPorts(int firstPort, HashSet<int> taken)
    {
        var http = firstPort;
        while (taken.Contains(http) || !FreePorts.IsFree("127.0.0.1", http) || !FreePorts.IsFree("127.0.0.1", http + NativeOffset))
            http++;
        return new NodePorts(http, http + NativeOffset);
    }
}
