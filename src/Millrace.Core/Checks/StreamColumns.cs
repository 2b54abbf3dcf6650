using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>The columns that a pipeline's stream has before storage, with the path of each declaration.</summary>
internal static class StreamColumns
{
    public static IEnumerable<(string Name, string Path)> Of(Pipeline pipeline)
    {
        var path = pipeline.StreamPath;
        foreach (var column in pipeline.Columns)
            yield return (column.Name, $"{path}.columns.{column.Name}");
        if (pipeline.Extract is { } extract)
        {
            foreach (var column in extract.Columns)
                yield return (column.Name, $"{path}.extract.columns.{column.Name}");
            if (extract.Rest is { } rest)
                yield return (rest, $"{path}.extract.rest");
        }

        foreach (var column in pipeline.Select)
            yield return (column.Name, $"{pipeline.Path}.select.{column.Name}");
    }
}
