using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Sinks of one consumption share its offsets: the one that fails holds the others up, and they get its blocks again.</summary>
internal static class SharedFate
{
    public const string Code = "MR606";

    public static IEnumerable<Finding> Run(Project project) =>
        from first in project.Pipelines
        let others = project.BranchesOf(first).Where(sink => Place(project, first.Into) != Place(project, sink.Into)).ToList()
        where others.Count > 0
        let places = others.Select(sink => Words(sink.Into)).Prepend(Words(first.Into)).Distinct().ToList()
        select Finding.Warning(
            Code,
            $"`{first.Name}` and its sink{(others.Count > 1 ? "s" : "")} {Named.Of(others.Select(sink => sink.Branch!.Sink))} share one consumption: "
                + $"while {string.Join(", ", places.SkipLast(1))} or {places[^1]} does not take rows, none of them gets any, and those that take rows get the waiting block again and again",
            project.Sources.Find(others[0].Path),
            "where that must not be, add `group: NAME` to the sink, and it consumes on its own; else accept it in `allow`");

    /// <summary>What has to be up for a sink to take rows.</summary>
    private static string Place(Project project, Sink sink) => sink switch
    {
        KafkaSink kafka => $"broker {kafka.Broker}",
        PostgresSink postgres => $"connection {postgres.Connection}",
        _ => $"cluster {ClusterChoice.Of(project.Fleet, sink)?.Name}",
    };

    private static string Words(Sink sink) => sink switch
    {
        KafkaSink kafka => $"the broker `{kafka.Broker}`",
        PostgresSink postgres => $"the database `{postgres.Connection}`",
        TableSink table => $"the storage of `{table.Table}`",
        _ => throw new ArgumentOutOfRangeException(nameof(sink), sink, null),
    };
}
