using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A role that is used must be declared in the fleet.</summary>
internal static class UnknownRole
{
    public const string Code = "MR101";

    public static IEnumerable<Finding> Run(Project project)
    {
        var roles = project.Fleet.Roles.Select(r => r.Name).ToArray();
        return Uses(project)
            .Where(use => project.Fleet.FindRole(use.Role) is null)
            .Select(use => Finding.Error(
                Code,
                $"{use.User} uses the role `{use.Role}`, which the fleet does not have",
                use.At,
                KnownNames.Fix(use.Role, roles, "under `roles` in the fleet")));
    }

    private static IEnumerable<(string Role, string User, SourceRef? At)> Uses(Project project)
    {
        foreach (var cluster in project.Fleet.Clusters)
            yield return (
                cluster.Role,
                $"the cluster `{cluster.Name}`",
                project.Sources.Find($"fleet.clusters.{cluster.Name}.role"));
        foreach (var node in project.Fleet.Nodes)
            yield return (node.Role, $"the node `{node.Name}`", project.Sources.Find($"fleet.nodes.{node.Name}.role"));
        foreach (var pipeline in project.Pipelines)
        {
            if (pipeline.Branch is null)
                yield return (
                    pipeline.Role,
                    $"the pipeline `{pipeline.Name}`",
                    project.Sources.Find($"{pipeline.Path}.role"));
            for (var i = 0; i < pipeline.Table?.ReadOn.Length; i++)
                yield return (
                    pipeline.Table.ReadOn[i],
                    $"`read_on` of `{pipeline.Name}`",
                    project.Sources.Find($"{pipeline.Path}.into.read_on[{i}]"));
        }

        foreach (var statement in project.Schema)
            foreach (var role in statement.Roles)
                yield return (role, "the header above this statement", statement.At);
    }
}
