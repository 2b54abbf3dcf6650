using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Doctor.Rules;

/// <summary>A query node that skips shards it cannot reach returns part of the data as if it were all.</summary>
internal static class PartialAnswers
{
    public const string Code = "MR269";

    public static DoctorRule Rule { get; } = new(Code, "queries may silently miss shards", Check);

    private const string Setting = "skip_unavailable_shards";

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.NodesOf(RoleKind.Query)
        let places = ProfileFindings.Profiles(node, Setting, value => value.IsOn)
        where places is not null
        select Finding.Warning(
            Code,
            $"{Setting} = 1 in {places}",
            fix: "<skip_unavailable_shards>0</skip_unavailable_shards> in the profile").On(node.Node.Name);
}
