namespace Millrace.Engine.Observe;

/// <summary>How a fleet is observed.</summary>
public sealed record ObserveOptions
{
    /// <summary>The longest that one node may take; after it the node counts as unreachable.</summary>
    public TimeSpan NodeTimeout { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Nodes asked at the same time. Waiting nodes cost next to nothing, and a lower number would let dead nodes hold up
    /// healthy ones.
    /// </summary>
    public int Parallelism { get; init; } = 256;

    /// <summary>Also read <see cref="Core.Observed.NodeFacts"/>.</summary>
    public bool WithFacts { get; init; }
}
