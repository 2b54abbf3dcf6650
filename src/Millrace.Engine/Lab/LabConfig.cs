using System.Collections.Immutable;

namespace Millrace.Engine.Lab;

/// <summary>What declared objects refer to and the lab therefore must know by name; every address in it is a dead end.</summary>
/// <param name="Clusters">Entries of <c>remote_servers</c>.</param>
/// <param name="Collections">Named collections.</param>
public sealed record LabConfig(ImmutableSortedSet<string> Clusters, ImmutableSortedSet<string> Collections);
