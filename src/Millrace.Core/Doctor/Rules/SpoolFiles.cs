using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Rows of a Distributed table that wait on a node's disk are lost with the node.</summary>
internal static class SpoolFiles
{
    public const string Code = "MR251";

    public static DoctorRule Rule { get; } = new(Code, "rows wait on the disks of nodes that can be lost", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        where node.Seen.Facts is not null
        from waiting in node.Seen.Facts!.Waiting
        let why = waiting.LastError.Length > 0 ? $"; last error: {FirstLine.Of(waiting.LastError)}" : waiting.IsBlocked ? "; sending is stopped" : ""
        let broken = waiting.BrokenFiles > 0 ? $", {Counted.Of(waiting.BrokenFiles, "broken file")} that the server has given up on" : ""
        select new Finding(
            Code,
            waiting.BrokenFiles > 0 ? Severity.Error : Severity.Warning,
            $"`{waiting.Table}`: {Counted.Of(waiting.Files, "file")} of {ByteSize.Of(waiting.Bytes)}{broken}{why}",
            Fix: "send them before the node goes: SYSTEM FLUSH DISTRIBUTED, and turn on `distributed_foreground_insert`")
            .On(node.Node.Name);
}
