using Millrace.Core.Findings;
using Millrace.Core.Observed;

namespace Millrace.Core.Doctor.Rules;

/// <summary>What a node holds that does not answer is unknown, not absent.</summary>
internal static class SilentNodes
{
    public const string Code = "MR274";

    public static DoctorRule Rule { get; } = new(Code, "nodes do not answer", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Silent
        // One that claims another role answers well enough to have a finding of its own.
        where node.RoleMacro is not { } claimed || claimed == node.Node.Role
        select Finding.Error(
            Code,
            $"{(node.State == NodeState.Refused ? "refused" : "unreachable")}: {FirstLine.Of(node.Reason)}",
            fix: node.State == NodeState.Refused ? "look at the user and password under `connect`, and at its grants" : "bring the node back, or take it out of the fleet")
            .On(node.Node.Name);
}
