using Millrace.Core.Shapes;

namespace Millrace.Core.Doctor;

/// <summary>The partition of a table with the most active parts on one node.</summary>
/// <param name="Partition">As <c>system.parts</c> writes it, such as <c>202611</c>.</param>
public sealed record PartitionParts(ObjectName Table, string Partition, long Parts);
