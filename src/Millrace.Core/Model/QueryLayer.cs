using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>What is declared of a role of query nodes: whom it serves, with which tables and which limits.</summary>
public sealed record QueryLayer
{
    /// <summary>The tables that it sees, by the name people query; empty means all.</summary>
    public ImmutableArray<string> Tables { get; init; } = [];

    /// <summary>Settings of its profile, over those that every layer has.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    public ImmutableArray<LayerUser> Users { get; init; } = [];

    /// <summary>How a load balancer stands before it; null for none.</summary>
    public Balancing? Balance { get; init; }
}
