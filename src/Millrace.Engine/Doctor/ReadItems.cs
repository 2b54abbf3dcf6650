using System.Collections.Immutable;

namespace Millrace.Engine.Doctor;

/// <summary>A list that was read; null in its place means that it could not be.</summary>
internal sealed record ReadItems<T>(ImmutableArray<T> Items);
