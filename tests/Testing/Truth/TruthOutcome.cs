using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Testing.Truth;

/// <summary>What the checker said of a case.</summary>
/// <param name="Missed">Expected codes that were not found.</param>
/// <param name="Findings">All that was found in the damaging change.</param>
/// <param name="FalseAlarms">Twins with what was found in them, though they do no harm.</param>
public sealed record TruthOutcome(
    TruthCase Case,
    ImmutableArray<string> Missed,
    ImmutableArray<Finding> Findings,
    ImmutableArray<(string Title, Finding Finding)> FalseAlarms,
    ImmutableArray<string> Broken);
