using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Observed;
using Millrace.Core.Planning;

namespace Millrace.Engine.Plans;

/// <summary>A plan with what it was made from.</summary>
public sealed record PlannedFleet(Plan Plan, ImmutableArray<CanonicalObject> Objects, ObservedFleet Observed);
