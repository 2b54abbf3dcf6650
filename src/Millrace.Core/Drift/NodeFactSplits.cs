using System.Collections.Immutable;
using Millrace.Core.Observed;
using Millrace.Core.Planning;

namespace Millrace.Core.Drift;

/// <summary>Compares the nodes of a role with each other: versions, configuration, what they know of the rest of the fleet.</summary>
internal static class NodeFactSplits
{
    public static IEnumerable<NodeSplit> Of(PlanRequest request) =>
        request.Observed.Nodes
            .Where(node => node.State == NodeState.Ok)
            .GroupBy(node => node.Node.Role, StringComparer.Ordinal)
            .SelectMany(role => Of(role.Key, [.. role]))
            .OfType<NodeSplit>();

    private static IEnumerable<NodeSplit?> Of(string role, ImmutableArray<ObservedNode> nodes)
    {
        yield return NodeSplit.Of(role, "server version", nodes.Select(node => (node.Node.Name, node.Version)));
        yield return NodeSplit.Of(role, "macro hostClusterRole", nodes.Select(node => (node.Node.Name, node.RoleMacro ?? "not set")));
        yield return NodeSplit.Of(role, "Keeper", nodes.Select(node => (node.Node.Name, node.HasKeeper ? "configured" : "not configured")));
        // What a user may not see is unknown, and unknown is not a difference.
        yield return NodeSplit.Of(
            role, "named collections",
            nodes.Where(node => node.Collections is not null).Select(node => (node.Node.Name, List(node.Collections!))));
        foreach (var split in Settings(role, [.. nodes.Where(node => node.StreamingSettings is not null)]))
            yield return split;
        foreach (var cluster in nodes.SelectMany(node => node.Clusters).Select(member => member.Cluster).Distinct().Order(StringComparer.Ordinal))
            yield return NodeSplit.Of(role, $"cluster {cluster}", nodes.Select(node => (node.Node.Name, Members(node, cluster))));
    }

    private static IEnumerable<NodeSplit?> Settings(string role, ImmutableArray<ObservedNode> nodes) =>
        nodes.SelectMany(node => node.StreamingSettings!.Keys).Distinct().Order(StringComparer.Ordinal)
            .Select(name => NodeSplit.Of(
                role, $"setting {name}",
                nodes.Select(node => (node.Node.Name, node.StreamingSettings!.GetValueOrDefault(name, "not known")))));

    private static string Members(ObservedNode node, string cluster) => List(node.Clusters
        .Where(member => member.Cluster == cluster)
        .OrderBy(member => member.Shard).ThenBy(member => member.Replica)
        .Select(member => $"{member.Shard}/{member.Replica} {member.Host}:{member.Port}"));

    private static string List(IEnumerable<string> values) => string.Join(", ", values) is { Length: > 0 } list ? list : "none";
}
