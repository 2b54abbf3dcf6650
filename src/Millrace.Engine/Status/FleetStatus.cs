using System.Collections.Immutable;

namespace Millrace.Engine.Status;

/// <summary>How a fleet and its streams are doing at one time.</summary>
public sealed record FleetStatus(
    DateTimeOffset At,
    ImmutableArray<NodeStatus> Nodes,
    ImmutableArray<LegStatus> Legs,
    ImmutableArray<ErrorTableStatus> Errors);
