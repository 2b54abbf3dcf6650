using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Inserts that ignore errors of views leave rows out of the tables behind them.</summary>
internal static class ViewErrorsIgnored
{
    public const string Code = "MR272";

    public static DoctorRule Rule { get; } = new(Code, "errors of views are ignored", Check);

    private const string Setting = "materialized_views_ignore_errors";

    public static IEnumerable<Finding> Check(DoctorFacts facts)
    {
        foreach (var node in facts.NodesOf(RoleKind.Ingestion).Concat(facts.NodesOf(RoleKind.Storage)))
        {
            var where = node.Background?.GetValueOrDefault(Setting)?.IsOn == true
                ? $"profile `{facts.Project.Fleet.BackgroundProfileOf(node.Node)}`, which streams use"
                : ProfileFindings.Profiles(node, Setting, value => value.IsOn);
            if (where is not null)
                yield return Finding.Error(
                    Code,
                    $"{Setting} = 1 in {where}: rows that a view fails on are dropped",
                    fix: "<materialized_views_ignore_errors>0</materialized_views_ignore_errors> in the profile").On(node.Node.Name);
        }
    }
}
