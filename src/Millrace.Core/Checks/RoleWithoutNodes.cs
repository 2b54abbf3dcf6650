using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A role without nodes would be a silent success: everything placed on it would be placed nowhere.</summary>
internal static class RoleWithoutNodes
{
    public const string Code = "MR107";

    public static IEnumerable<Finding> Run(Project project) =>
        project.Fleet.Discovery is not null
            ? []
            : project.Fleet.Roles
                .Where(role => project.Fleet.NodesOf(role.Name).IsEmpty)
                .Select(role => Finding.Error(
                    Code,
                    $"the role `{role.Name}` has no nodes: what is placed on it would be placed nowhere",
                    project.Sources.Find($"fleet.roles.{role.Name}"),
                    $"give a node `role: {role.Name}`, or remove the role"));
}
