using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Checks;

/// <summary>A column of an upsert has one part in it, and a key is never NULL.</summary>
internal static class UpsertColumns
{
    public const string Code = "MR602";

    public static IEnumerable<Finding> Run(Project project) =>
        project.Pipelines.Where(pipeline => pipeline.Into is PostgresSink).SelectMany(pipeline => Run(project, pipeline, (PostgresSink)pipeline.Into));

    private static IEnumerable<Finding> Run(Project project, Pipeline pipeline, PostgresSink sink)
    {
        var path = $"{pipeline.Path}.into.postgres";
        foreach (var twice in sink.Columns.GroupBy(name => name, StringComparer.Ordinal).Where(same => same.Count() > 1))
            yield return Finding.Error(
                Code,
                $"`{twice.Key}` stands in more than one of `keys`, `update` and `insert`",
                project.Sources.Find(path),
                "keep it in one of them");
        var types = Types(pipeline).ToLookup(column => column.Name, column => column.Type, StringComparer.Ordinal);
        for (var i = 0; i < sink.Keys.Length; i++)
            if (types[sink.Keys[i]].Any(TypeText.CanBeNull))
                yield return Finding.Error(
                    Code,
                    $"`{sink.Keys[i]}` is in the key and can be NULL: to Postgres no NULL equals another, so each would become a row of its own",
                    project.Sources.Find($"{path}.keys[{i}]"),
                    "give the column a type that is not Nullable, or a computed column with `ifNull`");
    }

    private static IEnumerable<(string Name, string Type)> Types(Pipeline pipeline) =>
        pipeline.Columns.Select(column => (column.Name, column.Type))
            .Concat((pipeline.Extract?.Columns ?? []).Select(column => (column.Name, column.Type)))
            .Concat(pipeline.Select.Select(column => (column.Name, column.Type)));
}
