using Millrace.Core.Breaking;

namespace Millrace.Engine.Breaking;

/// <summary>What became of an insert.</summary>
/// <param name="Taken">The rows that went in.</param>
/// <param name="Fault">Why the first of the others did not; null when all went in.</param>
/// <param name="Line">That row.</param>
internal sealed record ProbeInsert(ProbeRows Taken, EngineFault? Fault, string Line);
