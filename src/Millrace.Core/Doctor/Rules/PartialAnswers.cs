using Millrace.Core.Findings;
using Millrace.Core.Layers;
using Millrace.Core.Model;

namespace Millrace.Core.Doctor.Rules;

/// <summary>A query node whose profile skips shards or stops at limits returns part of the data as if it were all.</summary>
internal static class PartialAnswers
{
    public const string Code = "MR269";

    public static DoctorRule Rule { get; } = new(Code, "queries may silently miss shards", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.NodesOf(RoleKind.Query)
        from setting in PartialResults.Settings
        let places = ProfileFindings.Profiles(node, setting, value => PartialResults.Loss(setting, value.Value) is not null)
        where places is not null
        select Finding.Warning(
            Code,
            $"{setting} = {Value(node, setting)} in {places}",
            fix: setting == "skip_unavailable_shards"
                ? "<skip_unavailable_shards>0</skip_unavailable_shards> in the profile"
                : $"<{setting}>throw</{setting}> in the profile").On(node.Node.Name);

    private static string Value(NodeVitals node, string setting) => node.Profiles!.Values
        .Select(profile => profile.GetValueOrDefault(setting)?.Value)
        .First(value => value is not null && PartialResults.Loss(setting, value) is not null)!;
}
