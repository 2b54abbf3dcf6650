using System.Collections.Immutable;
using Millrace.Core.Breaking;

namespace Millrace.Engine.Breaking;

/// <summary>What a table held.</summary>
/// <param name="Columns">Type and sorted values of each column.</param>
/// <param name="Fault">Why it could not be read; null when it could.</param>
internal sealed record ProbeReading(
    int Rows, ImmutableDictionary<string, (string Type, ImmutableArray<string> Values)> Columns, EngineFault? Fault);
