using System.Collections.Immutable;

namespace Millrace.Engine.Collections;

/// <summary>One named collection on one node.</summary>
/// <param name="Remade">Tables that were made anew, because they had read the collection before.</param>
/// <param name="Trouble">Why it is not as declared; empty when it is.</param>
public sealed record NodeCollection(string Node, string Collection, CollectionState State, ImmutableArray<string> Remade, string Trouble = "");
