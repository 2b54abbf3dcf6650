using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>The column that is extracted from, those that are not stored, and those that a sink names, must be columns of the stream.</summary>
internal static class UnknownColumn
{
    public const string Code = "MR104";

    public static IEnumerable<Finding> Run(Project project)
    {
        foreach (var pipeline in project.Pipelines)
        {
            var message = pipeline.Columns.Select(c => c.Name).ToArray();
            if (pipeline is { Branch: null, Extract: { } extract } && !message.Contains(extract.From))
                yield return Finding.Error(
                    Code,
                    $"`{pipeline.Name}` extracts from `{extract.From}`, which is not a column of the message",
                    project.Sources.Find($"{pipeline.StreamPath}.extract.from"),
                    KnownNames.Fix(extract.From, message, "under `columns`"));
            var stream = StreamColumns.Of(pipeline).Select(c => c.Name).ToArray();
            foreach (var (name, verb, path) in Named(pipeline).Where(use => !stream.Contains(use.Name)))
                yield return Finding.Error(
                    Code,
                    $"`{pipeline.Name}` {verb} `{name}`, which is not a column of the stream",
                    project.Sources.Find($"{pipeline.Path}.into.{path}"),
                    KnownNames.Fix(name, stream, "under `columns`"));
        }
    }

    /// <summary>The columns that the sink names.</summary>
    private static IEnumerable<(string Name, string Verb, string Path)> Named(Pipeline pipeline)
    {
        var under = pipeline.Into is KafkaSink ? "kafka." : "";
        for (var i = 0; i < pipeline.Into.Omit.Length; i++)
            yield return (pipeline.Into.Omit[i], "omits", $"{under}omit[{i}]");
        if (pipeline.Into is not PostgresSink sink)
            yield break;
        for (var i = 0; i < sink.Keys.Length; i++)
            yield return (sink.Keys[i], "has in its key", $"postgres.keys[{i}]");
        foreach (var column in sink.Update)
            yield return (column.Name, "updates", $"postgres.update.{column.Name}");
        for (var i = 0; i < sink.Insert.Length; i++)
            yield return (sink.Insert[i], "inserts", $"postgres.insert[{i}]");
        foreach (var name in sink.Longest.Keys)
            yield return (name, "limits", $"postgres.longest.{name}");
    }
}
