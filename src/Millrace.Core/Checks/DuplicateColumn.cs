using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>A column has one origin: the message, the extraction, the view or storage.</summary>
internal static class DuplicateColumn
{
    public const string Code = "MR116";

    public static IEnumerable<Finding> Run(Project project)
    {
        foreach (var pipeline in project.Pipelines)
        {
            var first = new Dictionary<string, string>(StringComparer.Ordinal);
            var stored = (pipeline.Table?.Columns ?? []).Select(
                c => (c.Name, Path: $"{pipeline.Path}.into.columns.{c.Name}"));
            foreach (var (name, path) in StreamColumns.Of(pipeline).Concat(stored))
                if (!first.TryAdd(name, path) && path.StartsWith(pipeline.Path, StringComparison.Ordinal))
                    yield return Finding.Error(
                        Code,
                        $"the column `{name}` of `{pipeline.Name}` is declared twice; first in {project.Sources.Find(first[name])}",
                        project.Sources.Find(path),
                        "give one of them another name");
        }
    }
}
