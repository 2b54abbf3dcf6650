using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Pipelines run on ingestion roles, clusters are of storage roles, tables are read on query roles.</summary>
internal static class WrongRoleKind
{
    public const string Code = "MR106";

    public static IEnumerable<Finding> Run(Project project)
    {
        foreach (var (name, wanted, use, path) in Uses(project))
        {
            if (project.Fleet.FindRole(name) is not { } role || role.Kind == wanted)
                continue;
            var fitting = project.Fleet.Roles.Where(r => r.Kind == wanted).Select(r => r.Name).ToArray();
            var fix = fitting.Length == 0
                ? $"declare a role of kind `{Word(wanted)}` in the fleet"
                : $"roles of kind `{Word(wanted)}`: {string.Join(", ", fitting)}";
            yield return Finding.Error(
                Code,
                $"{use} needs a role of kind `{Word(wanted)}`, but `{name}` is of kind `{Word(role.Kind)}`",
                project.Sources.Find(path),
                fix);
        }
    }

    private static IEnumerable<(string Role, RoleKind Wanted, string Use, string Path)> Uses(Project project)
    {
        foreach (var cluster in project.Fleet.Clusters)
            yield return (
                cluster.Role, RoleKind.Storage, $"the cluster `{cluster.Name}`", $"fleet.clusters.{cluster.Name}.role");
        foreach (var pipeline in project.Pipelines)
        {
            if (pipeline.Branch is null)
                yield return (
                    pipeline.Role,
                    RoleKind.Ingestion,
                    $"the pipeline `{pipeline.Name}`",
                    $"{pipeline.Path}.role");
            for (var i = 0; i < pipeline.Table?.ReadOn.Length; i++)
                yield return (
                    pipeline.Table.ReadOn[i],
                    RoleKind.Query,
                    $"`read_on` of `{pipeline.Name}`",
                    $"{pipeline.Path}.into.read_on[{i}]");
        }
    }

    private static string Word(RoleKind kind) => kind switch
    {
        RoleKind.Storage => "storage",
        RoleKind.Ingestion => "ingestion",
        _ => "query",
    };
}
