using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>What a node would not tell was not checked.</summary>
internal static class NotSeen
{
    public const string Code = "MR276";

    public static DoctorRule Rule { get; } = new(Code, "not everything could be looked at", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        from unseen in node.Unseen
        select Finding.Warning(
            Code,
            $"{unseen.What}: {FirstLine.Of(unseen.Reason)}",
            fix: "grant the operator's user SELECT on system.*").On(node.Node.Name);
}
