using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Planning;

namespace Millrace.Core.Drift;

/// <summary>Everything in which a fleet departs from its declaration, and its nodes from each other.</summary>
public sealed record DriftReport
{
    public required ImmutableArray<ObjectDrift> Objects { get; init; }

    public required ImmutableArray<NodeSplit> Splits { get; init; }

    /// <summary>Unmanaged objects that reach into managed streams and tables.</summary>
    public required ImmutableArray<Finding> Findings { get; init; }

    /// <summary>Nodes that did not answer: nothing is known of them.</summary>
    public required ImmutableArray<SilentNode> Silent { get; init; }

    /// <summary>Objects that nobody declares, that no pattern of <c>unmanaged</c> names, and that all nodes of their role hold alike.</summary>
    public required int UnmanagedAlike { get; init; }

    public bool IsEmpty => Objects.IsEmpty && Splits.IsEmpty && Findings.IsEmpty;

    public int NodeCount => Objects.SelectMany(drift => drift.Nodes)
        .Concat(Splits.SelectMany(split => split.Sides.Skip(1)).SelectMany(side => side.Nodes))
        .Distinct(StringComparer.Ordinal).Count();

    /// <param name="plan">Made from the same request; tells what bringing each object back costs.</param>
    public static DriftReport Of(PlanRequest request, Plan plan)
    {
        var strangers = new Strangers(request);
        return new DriftReport
        {
            Objects = [.. ObjectDrifts.Of(request, plan)],
            Splits = [.. NodeFactSplits.Of(request), .. strangers.Splits()],
            Findings = [.. strangers.Findings()],
            Silent = plan.Silent,
            UnmanagedAlike = strangers.AlikeCount(),
        };
    }
}
