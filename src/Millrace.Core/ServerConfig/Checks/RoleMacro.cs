using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Core.ServerConfig.Checks;

/// <summary>A node that says it has another role than declared would get the wrong objects.</summary>
internal static class RoleMacro
{
    public const string Code = "MR280";

    public static IEnumerable<Finding> Check(Project project, ObservedNode node)
    {
        if (node.RoleMacro is not { } macro || macro == node.Node.Role)
            yield break;
        var wanted = FleetNodeConfig.For(project.Fleet, node.Node).Macros[FleetNodeConfig.RoleMacro];
        yield return Finding.Error(
            Code,
            $"the node says that its role is `{macro}`, declared is `{node.Node.Role}`",
            project.Sources.Find($"fleet.nodes.{node.Node.Name}.role"),
            "correct the role in fleet.yaml, or the macro on the node")
            .On(node.Node.Name) with
            {
                Detail = Snippet.Config(new NodeConfig { Macros = ImmutableSortedDictionary<string, string>.Empty.Add(FleetNodeConfig.RoleMacro, wanted) }),
            };
    }
}
