using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>The servers and how to reach them: roles, clusters, nodes and brokers (<c>fleet.yaml</c>).</summary>
public sealed record Fleet
{
    public ImmutableArray<Role> Roles { get; init; } = [];

    public ImmutableArray<Cluster> Clusters { get; init; } = [];

    /// <summary>Nodes written in the file; with <see cref="Discovery"/> the live list is found on the fleet instead.</summary>
    public ImmutableArray<Node> Nodes { get; init; } = [];

    public Discovery? Discovery { get; init; }

    public ImmutableArray<Broker> Brokers { get; init; } = [];

    public ImmutableArray<Connection> Connections { get; init; } = [];

    public ImmutableArray<Ring> Rings { get; init; } = [];

    public ConnectOptions Connect { get; init; } = new();

    public Role? FindRole(string name) => Roles.FirstOrDefault(r => r.Name == name);

    public Cluster? FindCluster(string name) => Clusters.FirstOrDefault(c => c.Name == name);

    public Broker? FindBroker(string name) => Brokers.FirstOrDefault(b => b.Name == name);

    public Connection? FindConnection(string name) => Connections.FirstOrDefault(c => c.Name == name);

    public Ring? FindRing(string name) => Rings.FirstOrDefault(r => r.Name == name);

    /// <summary>The settings profile that background work runs with on a node, see <see cref="Role"/>.</summary>
    public string BackgroundProfileOf(Node node) => FindRole(node.Role)?.BackgroundProfile ?? "default";

    /// <summary>The declared nodes of a role, in file order.</summary>
    public ImmutableArray<Node> NodesOf(string role) => [.. Nodes.Where(n => n.Role == role)];
}
