using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Databases;

/// <summary>
/// Postgres sinks against the tables that are there: a table, a column or the unique index that is missing is refused with the first message, and
/// every message waits from then on.
/// </summary>
public static class PostgresTables
{
    public const string Code = "MR278";

    private const string Fix = "run this in Postgres; what waits then goes on by itself";

    public static IEnumerable<Finding> Check(Project project, IEnumerable<DatabaseVitals> databases)
    {
        var answered = databases.Where(database => database.Answered).ToDictionary(database => database.Connection, StringComparer.Ordinal);
        return project.Pipelines.SelectMany(pipeline => pipeline.Into is PostgresSink sink && answered.TryGetValue(sink.Connection, out var database)
            ? Check(project, pipeline, sink, database)
            : []);
    }

    private static IEnumerable<Finding> Check(Project project, Pipeline pipeline, PostgresSink sink, DatabaseVitals database)
    {
        var path = $"{pipeline.Path}.into.postgres";
        var name = $"`{sink.Table}` of `{sink.Connection}`";
        var (isKnown, table) = database.Find(sink, project.Fleet.FindConnection(sink.Connection)?.User);
        if (!isKnown)
            yield break;
        if (table is null)
        {
            var elsewhere = database.Tables.Where(other => other.Name == sink.Table).Select(other => $"`{other.Schema}`").ToList();
            yield return Refuses(
                $"`{sink.Connection}` has no table `{(sink.Schema is { } schema ? $"{schema}.{sink.Table}" : sink.Table)}`"
                    + (elsewhere.Count > 0 ? $" (there is one in the schema {string.Join(", ", elsewhere)})" : ""),
                "table",
                PostgresDdl.CreateTable(pipeline, sink));
            yield break;
        }

        var columns = table.Columns.Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        var missing = sink.Columns.Where(column => !columns.Contains(column)).ToList();
        if (missing.Count > 0)
            yield return Refuses($"{name} has no column {Named.Of(missing)}", "table", PostgresDdl.AddColumns(pipeline, sink, table, missing));
        var unfilled = table.Columns.Where(column => column.MustBeGiven && !sink.Columns.Contains(column.Name)).Select(column => column.Name).ToList();
        if (unfilled.Count > 0)
            yield return Refuses(
                $"{name} wants a value for {Named.Of(unfilled)} (NOT NULL, without a default), and `{pipeline.Name}` gives none",
                "table",
                PostgresDdl.DropNotNull(table, unfilled)) with { Fix = "list it under `insert`, or run this in Postgres; what waits then goes on by itself" };
        if (table.Unique is { } indexes && !missing.Intersect(sink.Keys).Any() && !indexes.Any(index => index.ToHashSet(StringComparer.Ordinal).SetEquals(sink.Keys)))
            yield return Refuses($"{name} has no unique index over exactly {Named.Of(sink.Keys)}", "keys", PostgresDdl.CreateIndex(table, sink.Keys));
        var texts = new RowLayout(pipeline).Stream.Where(column => TypeText.IsText(column.Type)).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var column in table.Columns.Where(column => sink.Columns.Contains(column.Name) && texts.Contains(column.Name)))
        {
            int? bound = sink.Longest.TryGetValue(column.Name, out var longest) ? longest : null;
            if (column.Longest is { } takes && (bound is null || bound > takes))
                yield return Finding.Warning(
                    Code,
                    $"`{column.Name}` of {name} takes {takes} characters, and {(bound is null ? "no `longest` bounds it" : $"`longest` lets {bound} through")}: "
                        + $"with one text of {takes + 1}, Postgres refuses the block, and its messages wait{Waiting(project, pipeline)}",
                    At(bound is null ? "table" : $"longest.{column.Name}"),
                    $"`longest: {{ {column.Name}: {takes} }}`: longer ones are then passed over or cut (`too_long`), and recorded in the error table") with
                {
                    Subject = SubjectOf(sink),
                };
        }

        foreach (var column in table.Columns.Where(column => column.IsInstant && sink.Columns.Contains(column.Name)))
            if (database.Zone?.TooEarly(new RowLayout(pipeline).Stream.First(item => item.Name == column.Name).Type) is { } early && early != TimeSpan.Zero)
                yield return Finding.Error(
                    Code,
                    $"`{column.Name}` of {name} is timestamptz, and sessions there are {Math.Abs(early.TotalHours):0.##} h {(early > TimeSpan.Zero ? "ahead of" : "behind")} the column of `{pipeline.Name}`: "
                        + $"2026-01-01 12:00:00 is stored as {new DateTime(2026, 1, 1, 12, 0, 0, DateTimeKind.Utc) - early:yyyy-MM-dd HH:mm:ss}, and nobody is told",
                    At("table"),
                    "run this in Postgres, so that its sessions read times as UTC; correct the times that are stored already") with
                {
                    Detail = PostgresDdl.SessionsInUtc(project.Fleet.FindConnection(sink.Connection)?.User),
                    Subject = SubjectOf(sink),
                };

        SourceRef? At(string key) => project.Sources.Find($"{path}.{key}") ?? project.Sources.Find($"{path}.table");

        Finding Refuses(string what, string key, string sql) =>
            Finding.Error(Code, $"{what}: Postgres refuses every row of `{pipeline.Name}`, and its messages wait{Waiting(project, pipeline)}", At(key), Fix) with
            {
                Detail = sql,
                Subject = SubjectOf(sink),
            };
    }

    /// <summary>What the findings of a sink are about, as `allow` names it.</summary>
    public static string SubjectOf(PostgresSink sink) => $"{sink.Connection}.{sink.Table}";

    private static string Waiting(Project project, Pipeline pipeline) =>
        project.SharingWith(pipeline) is { Length: > 0 } others ? $"; {Named.Of(others.Select(other => other.Name))} with them, which share the consumption" : "";
}
