using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The tables for messages that did not parse. Pipelines that name the same one share it.</summary>
internal static class ErrorTables
{
    public static ImmutableArray<ColumnDefinition> Columns { get; } =
    [
        new("pipeline", "LowCardinality(String)"),
        new("leg", "LowCardinality(String)"),
        .. KafkaVirtuals.Stored,
        new("_raw_message", "String"),
        new("_error", "String"),
    ];

    /// <summary>The SELECT of a leg's error view.</summary>
    public static string Select(Pipeline pipeline, Leg leg, ObjectName kafka) =>
        $"SELECT\n    {Quote.Text(pipeline.Name)} AS pipeline,\n    {Quote.Text(leg.Name)} AS leg,\n    "
        + string.Join(",\n    ", KafkaVirtuals.StoredSelect)
        + $",\n    _raw_message,\n    _error\nFROM {Quote.Name(kafka)}\nWHERE length(_error) > 0";

    public static IEnumerable<DeclaredObject> Compile(Project project, Naming naming) =>
        project.Pipelines
            .GroupBy(pipeline => pipeline.Errors.Table, StringComparer.Ordinal)
            .SelectMany(sharing => Compile(project, naming, [.. sharing]));

    private static IEnumerable<DeclaredObject> Compile(Project project, Naming naming, ImmutableArray<Pipeline> sharing)
    {
        var first = sharing[0];
        var errors = first.Errors;
        var cluster = ClusterOf(project, first);
        // One poisoned message is retried with its block: the key makes it one row again.
        string? shardBy = cluster.SingleShard ? null : "cityHash64(_topic, _partition, _offset)";
        var data = new TableDefinition
        {
            Name = naming.ErrorData(errors, !cluster.SingleShard),
            Columns = Columns,
            Engine = EngineText.Data("ReplacingMergeTree", cluster, naming.ErrorData(errors, !cluster.SingleShard)),
            PartitionBy = "toYYYYMM(_timestamp)",
            OrderBy = ["pipeline", "leg", "_topic", "_partition", "_offset"],
            Ttl = $"_timestamp + toIntervalDay({errors.KeepDays})",
        };
        var read = new TableDefinition
        {
            Name = naming.ErrorRead(errors),
            Columns = Columns,
            Engine = EngineText.Distributed(cluster, data.Name, shardBy),
        };
        var writable = read with { Name = naming.ErrorWritable(errors) };

        yield return Declare(data, ObjectPurpose.DataTable, Placement.On(cluster));
        if (read.Name != data.Name)
            yield return Declare(read, ObjectPurpose.ReadTable, Placement.On(cluster.Role));
        foreach (var role in project.Fleet.Roles.Where(role => role.Kind == RoleKind.Query && role.MaySee(errors.Table)))
            yield return Declare(read, ObjectPurpose.ReadTable, Placement.On(role.Name));
        foreach (var role in sharing.Select(pipeline => pipeline.Role).Distinct(StringComparer.Ordinal))
            yield return Declare(writable, ObjectPurpose.WritableTable, Placement.On(role));

        DeclaredObject Declare(TableDefinition table, ObjectPurpose purpose, Placement place)
        {
            var owner = $"errors/{errors.Table}";
            return new DeclaredObject
            {
                Name = table.Name,
                Placement = place,
                Purpose = purpose,
                Owner = owner,
                At = project.Sources.Find($"{first.Path}.errors"),
                CreateSql = (table with { Comment = new Mark(project.Name, owner).ToString() }).ToSql(),
            };
        }
    }

    private static Cluster ClusterOf(Project project, Pipeline pipeline) =>
        ClusterChoice.Of(project.Fleet, pipeline.Errors, pipeline.Into)
        ?? throw new InvalidOperationException($"pipeline {pipeline.Name} has no cluster for errors; checks come first");
}
