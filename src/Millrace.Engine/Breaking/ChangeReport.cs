using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;
using Millrace.Core.Lineage;

namespace Millrace.Engine.Breaking;

/// <summary>What a check found.</summary>
/// <param name="Objects">How many objects were looked at.</param>
/// <param name="Refused">What the engine did not accept of the world itself; it is judged without them.</param>
public sealed record ChangeReport(
    ImmutableArray<Finding> Findings, int Objects, ImmutableArray<(WorldStatement Statement, EngineFault Fault)> Refused)
{
    /// <summary>The part of the graph that the change concerns.</summary>
    public LineageGraph Affected { get; init; } = LineageGraph.Empty;
}
