using System.Collections.Immutable;

namespace Millrace.Engine.Breaking;

/// <summary>What a table held after merges, by how the same rows came in.</summary>
/// <param name="Once">All rows in one insert.</param>
/// <param name="Again">The same once more: what differs by itself is known by it.</param>
/// <param name="Twice">In two inserts.</param>
/// <param name="First">The first of those alone.</param>
/// <param name="Unknown">The first, and rows that know nothing after it.</param>
/// <param name="Kept">The keys of rows with one number that merges leave.</param>
/// <param name="Deleted">Those that they delete.</param>
internal sealed record MergeRun(
    ProbeReading Once, ProbeReading Again, ProbeReading Twice, ProbeReading First, ProbeReading Unknown, ImmutableHashSet<string> Kept, ImmutableHashSet<string> Deleted);
