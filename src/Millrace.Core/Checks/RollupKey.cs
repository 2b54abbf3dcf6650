using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>What a rollup groups by is in its sorting key: merges take rows with equal sorting keys for one.</summary>
internal static class RollupKey
{
    public const string Code = "MR173";

    public static IEnumerable<Finding> Run(Project project)
    {
        foreach (var rollup in project.Rollups.Where(rollup => !rollup.Into.OrderBy.IsEmpty))
        foreach (var key in rollup.GroupBy.Where(key => !rollup.Into.OrderBy.Contains(key.Name)))
            yield return Finding.Error(
                Code,
                $"the rollup `{rollup.Name}` groups by `{key.Name}`, but does not order by it: rows that differ only in it would be merged into one",
                project.Sources.Find($"rollups.{rollup.Name}.into.order_by"),
                $"add `{key.Name}` to `order_by`");
        foreach (var rollup in project.Rollups.Where(rollup => rollup.Into.OrderBy.IsEmpty && rollup.GroupBy.IsEmpty))
            yield return Finding.Error(
                Code, $"the rollup `{rollup.Name}` has `columns` and no `order_by`", project.Sources.Find($"rollups.{rollup.Name}.into"),
                "name the sorting key");
    }
}
