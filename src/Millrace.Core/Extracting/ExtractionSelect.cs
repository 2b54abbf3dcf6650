using System.Collections.Immutable;

namespace Millrace.Core.Extracting;

/// <summary>An extraction as the parts of a SELECT: bindings for its WITH clause, and the columns.</summary>
/// <param name="With">Items of the WITH clause, in order, each <c>expression AS name</c>; later ones use earlier ones.</param>
/// <param name="Columns">The declared columns in declared order, then the map if there is one.</param>
public sealed record ExtractionSelect(ImmutableArray<string> With, ImmutableArray<ExtractedExpression> Columns);
