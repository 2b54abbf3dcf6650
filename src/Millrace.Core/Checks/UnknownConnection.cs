using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>The connection of a Postgres sink must be declared in the fleet.</summary>
internal static class UnknownConnection
{
    public const string Code = "MR601";

    public static IEnumerable<Finding> Run(Project project) =>
        from pipeline in project.Pipelines
        let sink = pipeline.Into as PostgresSink
        where sink is not null && project.Fleet.FindConnection(sink.Connection) is null
        select Finding.Error(
            Code,
            $"`{pipeline.Name}` writes through the connection `{sink.Connection}`, which the fleet does not have",
            project.Sources.Find($"{pipeline.Path}.into.postgres.connection"),
            KnownNames.Fix(sink.Connection, [.. project.Fleet.Connections.Select(connection => connection.Name)], "under `connections` in the fleet"));
}
