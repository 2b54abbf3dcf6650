using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Findings;

namespace Millrace.Engine.Lab;

/// <summary>The declaration as a real engine understands it, and what it would not accept.</summary>
public sealed record LabResult(ImmutableArray<CanonicalObject> Objects, ImmutableArray<Finding> Findings);
