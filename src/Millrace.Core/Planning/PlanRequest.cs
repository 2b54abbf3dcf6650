using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Core.Planning;

/// <summary>All that a plan depends on.</summary>
/// <param name="Objects">The declared objects with the shapes that the lab gave them.</param>
/// <param name="Observed">The nodes as they are now.</param>
public sealed record PlanRequest(
    Project Project, ImmutableArray<CanonicalObject> Objects, ObservedFleet Observed, PlanOptions Options);
