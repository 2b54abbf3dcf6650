using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Clocks that differ make now(), TTLs and ages differ between nodes.</summary>
internal static class ClockSkew
{
    public const string Code = "MR262";

    public static DoctorRule Rule { get; } = new(Code, "clocks differ", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        where node.Clock is not null
        let skew = node.Clock!.Ahead
        where skew.Duration() - node.Clock!.Uncertainty > facts.Limits.ClockSkew
        select Finding.Warning(
            Code,
            $"{Lasting.Of(skew.Duration())} {(skew > TimeSpan.Zero ? "ahead of" : "behind")} this machine, measured to {Lasting.Of(node.Clock!.Uncertainty)}",
            fix: "synchronise the clocks (chrony, ntp)").On(node.Node.Name);
}
