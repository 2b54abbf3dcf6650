using Millrace.Core.Shapes;

namespace Millrace.Core.Observed;

/// <summary>Rows of a Distributed table that wait on a node's disk to be sent to storage.</summary>
/// <param name="Bytes">Compressed size of the waiting files.</param>
/// <param name="BrokenFiles">Files that the server has given up on.</param>
/// <param name="LastError">Why the latest sending failed; empty when it did not.</param>
public sealed record WaitingInserts(
    ObjectName Table, long Files, long Bytes, long BrokenFiles, bool IsBlocked, string LastError);
