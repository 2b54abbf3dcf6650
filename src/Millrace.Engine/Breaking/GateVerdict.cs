using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Engine.Breaking;

/// <summary>What the gate found between two worlds, before anybody's allowances.</summary>
/// <param name="IsWhole">False when the lab did not accept every object; the findings then say which, and nothing else was judged.</param>
internal sealed record GateVerdict(bool IsWhole, ImmutableArray<Finding> Findings);
