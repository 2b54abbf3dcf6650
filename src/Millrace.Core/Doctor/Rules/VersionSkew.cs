using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Nodes of one role run different versions: settings and defaults differ between them.</summary>
internal static class VersionSkew
{
    public const string Code = "MR263";

    public static DoctorRule Rule { get; } = new(Code, "versions differ within a role", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts)
    {
        foreach (var role in facts.Nodes.GroupBy(node => node.Node.Role))
        {
            var versions = role.GroupBy(node => node.Seen.Version)
                .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).ToList();
            foreach (var node in versions.Skip(1).SelectMany(g => g))
                yield return Finding.Warning(
                    Code,
                    $"{node.Seen.Version}; {versions[0].Count()} of {role.Count()} nodes of `{role.Key}` run {versions[0].Key}",
                    fix: "finish the upgrade, or take the node back").On(node.Node.Name);
        }
    }
}
