using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;

namespace Millrace.Engine.Breaking;

/// <summary>What one statement of a change did to one object.</summary>
/// <param name="Columns">Columns that it added, took away, or gave another type or default.</param>
/// <param name="Aspect">What else it changed, the most telling.</param>
internal sealed record ChangeNote(ObjectRef Object, SourceRef At, ImmutableHashSet<string> Columns, ChangeAspect Aspect);
