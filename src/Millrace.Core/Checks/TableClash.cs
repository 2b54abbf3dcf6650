using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A table belongs to one pipeline, and is not at the same time an error table or that of a rollup.</summary>
internal static class TableClash
{
    public const string Code = "MR110";

    public static IEnumerable<Finding> Run(Project project)
    {
        var owners = new Dictionary<string, Pipeline>(StringComparer.Ordinal);
        foreach (var (pipeline, table) in project.Tables)
            if (!owners.TryAdd(table.Table, pipeline))
                yield return Finding.Error(
                    Code,
                    $"the table `{table.Table}` is already filled by the pipeline `{owners[table.Table].Name}`",
                    project.Sources.Find($"{pipeline.Path}.into.table"),
                    "name another table, or make this a leg of that pipeline");
        foreach (var pipeline in project.Pipelines.Where(pipeline => pipeline.Branch is null))
            if (owners.TryGetValue(pipeline.Errors.Table, out var owner))
                yield return Finding.Error(
                    Code,
                    $"the error table `{pipeline.Errors.Table}` is the table that `{owner.Name}` fills",
                    project.Sources.Find($"{pipeline.Path}.errors.table"),
                    "name another table for errors");
        foreach (var rollup in project.Rollups)
            if (owners.TryGetValue(rollup.Into.Table, out var owner)
                || (owner = project.Pipelines.FirstOrDefault(pipeline => pipeline.Errors.Table == rollup.Into.Table)) is not null)
                yield return Finding.Error(
                    Code,
                    $"the rollup `{rollup.Name}` fills the table `{rollup.Into.Table}`, which the pipeline `{owner.Name}` fills",
                    project.Sources.Find($"rollups.{rollup.Name}.into"),
                    "name another table for the rollup");
    }
}
