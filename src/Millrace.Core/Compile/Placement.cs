using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Core.Compile;

/// <summary>The nodes an object belongs on: those of a role, or only the named ones of it.</summary>
public sealed record Placement(string Role, ImmutableArray<string> Nodes)
{
    public static Placement On(string role) => new(role, []);

    public static Placement On(Cluster cluster) => new(cluster.Role, cluster.Nodes);

    public bool Includes(Node node) => node.Role == Role && (Nodes.IsEmpty || Nodes.Contains(node.Name));

    public bool Equals(Placement? other) =>
        other is not null && Role == other.Role && Nodes.SequenceEqual(other.Nodes);

    public override int GetHashCode() => HashCode.Combine(Role, Nodes.Length);
}
