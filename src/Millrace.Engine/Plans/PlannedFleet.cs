using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Observed;
using Millrace.Core.Planning;

namespace Millrace.Engine.Plans;

/// <summary>A plan with what it was made from.</summary>
public sealed record PlannedFleet(Plan Plan, ImmutableArray<CanonicalObject> Objects, ObservedFleet Observed)
{
    /// <summary>
    /// What lacks where no plan reaches: in the nodes' own configuration, in databases that sinks write to. The plan refuses for it. A stored plan
    /// must not run over it either.
    /// </summary>
    public ImmutableArray<Finding> Outside { get; init; } = [];

    /// <summary>What the check of the change says beside its errors, which are among the plan's refusals.</summary>
    public ImmutableArray<Finding> Breaking { get; init; } = [];

    /// <summary>What is to be known of those databases, and refuses nothing.</summary>
    public ImmutableArray<Finding> Remarks { get; init; } = [];

    /// <summary>What the lab would not accept; nothing can be said of the fleet then.</summary>
    public ImmutableArray<Finding> LabFindings { get; init; } = [];
}
