using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>The column that is extracted from, and those that are not stored, must be columns of the stream.</summary>
internal static class UnknownColumn
{
    public const string Code = "MR104";

    public static IEnumerable<Finding> Run(Project project)
    {
        foreach (var pipeline in project.Pipelines)
        {
            var message = pipeline.Columns.Select(c => c.Name).ToArray();
            if (pipeline.Extract is { } extract && !message.Contains(extract.From))
                yield return Finding.Error(
                    Code,
                    $"`{pipeline.Name}` extracts from `{extract.From}`, which is not a column of the message",
                    project.Sources.Find($"pipelines.{pipeline.Name}.extract.from"),
                    KnownNames.Fix(extract.From, message, "under `columns`"));
            var stream = StreamColumns.Of(pipeline).Select(c => c.Name).ToArray();
            for (var i = 0; i < pipeline.Into.Omit.Length; i++)
                if (pipeline.Into.Omit[i] is var name && !stream.Contains(name))
                    yield return Finding.Error(
                        Code,
                        $"`{pipeline.Name}` omits `{name}`, which is not a column of the stream",
                        project.Sources.Find($"pipelines.{pipeline.Name}.into.omit[{i}]"),
                        KnownNames.Fix(name, stream, "under `columns`"));
        }
    }
}
