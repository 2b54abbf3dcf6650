using System.Collections.Immutable;
using Millrace.Core.Breaking;

namespace Millrace.Engine.Breaking;

/// <summary>A probe of the world before a change, made twice.</summary>
/// <param name="Rows">The rows that went in.</param>
internal sealed record ProbeRun(
    World World,
    ImmutableArray<ProbeRows> Rows,
    ImmutableDictionary<ObjectRef, ProbeReading> First,
    ImmutableDictionary<ObjectRef, ProbeReading> Second);
