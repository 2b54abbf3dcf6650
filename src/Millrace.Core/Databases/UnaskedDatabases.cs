using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Databases;

/// <summary>A Postgres that could not be asked: whether it takes rows is unknown, which is no error of a plan.</summary>
public static class UnaskedDatabases
{
    public const string Code = "MR279";

    private const int Longest = 300;

    public static IEnumerable<Finding> Check(Project project, IEnumerable<DatabaseVitals> databases) =>
        from database in databases
        where !database.Answered
        let tables = project.Pipelines.Select(pipeline => pipeline.Into).OfType<PostgresSink>()
            .Where(sink => sink.Connection == database.Connection).Select(sink => sink.Table).Distinct()
        select Finding.Warning(
            Code,
            $"Postgres `{database.Connection}` could not be asked through {database.Node}, so it is not known whether {Named.Of(tables)} can take the rows: {Short(database.Error)}",
            project.Sources.Find($"fleet.connections.{database.Connection}"),
            "while it is away, messages wait and none is lost; look at the server, its address and its password (`millrace collections status`)");

    private static string Short(string error)
    {
        var line = string.Join(' ', error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length > Longest ? line[..Longest] + "..." : line;
    }
}
