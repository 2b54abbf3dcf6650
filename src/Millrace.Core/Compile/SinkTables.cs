using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The tables that one pipeline's rows land in, are read through and are written through.</summary>
internal sealed class SinkTables(Project project, Naming naming, Pipeline pipeline)
{
    private readonly TableSink sink = pipeline.Table!;
    private readonly RowLayout layout = new(pipeline);
    private readonly ShardingKey sharding = new(project.Fleet, pipeline);
    private readonly string owner = $"pipelines/{pipeline.Name}";

    public IEnumerable<DeclaredObject> Compile()
    {
        var cluster = ClusterChoice.Of(project.Fleet, sink)
            ?? throw new InvalidOperationException($"pipeline {pipeline.Name} has no cluster; checks come first");
        yield return Data(cluster);
        foreach (var place in ReadPlaces(cluster))
            yield return Read(cluster, place);
        yield return Writable(cluster);
    }

    private DeclaredObject Data(Cluster cluster) =>
        Declare(ObjectPurpose.DataTable, Placement.On(cluster), new TableDefinition
        {
            Name = naming.Data(sink),
            Columns = layout.DataColumns,
            Engine = EngineText.Data(sink.Engine, cluster, naming.Data(sink)),
            PartitionBy = sink.PartitionBy,
            PrimaryKey = sink.PrimaryKey,
            OrderBy = sink.OrderBy,
            Ttl = sink.Ttl,
            Settings = sink.Settings,
        });

    private DeclaredObject Read(Cluster cluster, Placement place) =>
        Declare(ObjectPurpose.ReadTable, place, new TableDefinition
        {
            Name = naming.Read(sink),
            Columns = layout.ReadColumns,
            Engine = EngineText.Distributed(cluster, naming.Data(sink), sharding.ForReading(cluster)),
        });

    private DeclaredObject Writable(Cluster cluster) =>
        Declare(ObjectPurpose.WritableTable, Placement.On(pipeline.Role), new TableDefinition
        {
            Name = naming.Writable(sink),
            Columns = layout.WritableColumns,
            Engine = EngineText.Distributed(cluster, naming.Data(sink), sharding.ForWriting(cluster)),
        });

    /// <summary>A table that is not sharded is read on its own storage nodes under its own name.</summary>
    private IEnumerable<Placement> ReadPlaces(Cluster cluster)
    {
        if (naming.Read(sink) != naming.Data(sink))
            yield return Placement.On(cluster.Role);
        foreach (var role in project.Fleet.Roles.Where(role => role.Kind == RoleKind.Query && sink.IsReadOn(role)))
            yield return Placement.On(role.Name);
    }

    private DeclaredObject Declare(ObjectPurpose purpose, Placement place, TableDefinition table) => new()
    {
        Name = table.Name,
        Placement = place,
        Purpose = purpose,
        Owner = owner,
        At = project.Sources.Find($"{pipeline.Path}.into"),
        CreateSql = (table with { Comment = new Mark(project.Name, owner).ToString() }).ToSql(),
    };
}
