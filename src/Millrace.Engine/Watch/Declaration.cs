using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Planning;

namespace Millrace.Engine.Watch;

/// <summary>What a watch keeps a fleet at: the project, and its objects as the lab understands them.</summary>
/// <param name="Redaction">Takes the secrets of its files out of what is written down.</param>
internal sealed record Declaration(Project Project, ImmutableArray<CanonicalObject> Objects, Redaction Redaction)
{
    public PlanRequest Request(ObservedFleet observed) => new(Project, Objects, observed, new PlanOptions());

    public Declaration WithNodes(ImmutableArray<Node> nodes) =>
        this with { Project = Project with { Fleet = Project.Fleet with { Nodes = nodes } } };
}
