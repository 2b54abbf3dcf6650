using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Anything but deny lets a join or IN over two Distributed tables give wrong or expensive answers.</summary>
internal static class DistributedProducts
{
    public const string Code = "MR270";

    public static DoctorRule Rule { get; } = new(Code, "joins over Distributed tables are not denied", Check);

    private const string Setting = "distributed_product_mode";

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.NodesOf(RoleKind.Query)
        let places = ProfileFindings.Profiles(node, Setting, value => value.Value != "deny")
        where places is not null
        select Finding.Warning(
            Code,
            $"{Setting} is not `deny` in {places}",
            fix: "<distributed_product_mode>deny</distributed_product_mode> in the profile, and GLOBAL IN or JOIN where it is meant").On(node.Node.Name);
}
