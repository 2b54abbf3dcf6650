using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Doctor.Rules;

/// <summary>From 24.7 on this setting at 0 switches deduplication off for what views write.</summary>
internal static class ViewDeduplicationOff
{
    public const string Code = "MR273";

    public static DoctorRule Rule { get; } = new(Code, "retries duplicate what views wrote", Check);

    private const string Setting = "deduplicate_blocks_in_dependent_materialized_views";

    private static readonly Version Since = new(24, 7);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.NodesOf(RoleKind.Storage)
        where node.Seen.Objects.Values.Any(o => o.Engine == "MaterializedView")
            && Version.TryParse(node.Seen.Version, out var version) && version >= Since
        let places = ProfileFindings.Profiles(node, Setting, value => !value.IsOn)
        where places is not null
        select Finding.Warning(
            Code,
            $"{Setting} = 0 in {places}: a retried insert adds its rows again behind every view",
            fix: $"<{Setting}>1</{Setting}> in the profile (the default from 26.2 on)").On(node.Node.Name);
}
