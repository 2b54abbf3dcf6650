using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>Sinks of one consumption share its offsets: the one that fails holds the others up, and they get its blocks again.</summary>
internal static class SharedFate
{
    public const string Code = "MR606";

    public static IEnumerable<Finding> Run(Project project) =>
        from pipeline in project.Pipelines
        where pipeline.SharesConsumption
        let first = project.Pipelines.FirstOrDefault(other => other.Name == pipeline.Consumption)
        where first is not null && Place(project, first.Into) != Place(project, pipeline.Into)
        select Finding.Warning(
            Code,
            $"`{first.Name}` and its sink `{pipeline.Branch!.Sink}` share one consumption: while {Words(first.Into)} or {Words(pipeline.Into)} does not take rows, neither gets any, and the other gets the waiting block again and again",
            project.Sources.Find(pipeline.Path),
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
