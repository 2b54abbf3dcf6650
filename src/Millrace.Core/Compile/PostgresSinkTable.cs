using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The PostgreSQL table that a pipeline upserts through.</summary>
internal sealed class PostgresSinkTable(Project project, Naming naming, Pipeline pipeline, PostgresSink sink)
{
    public IEnumerable<DeclaredObject> Compile()
    {
        var owner = $"pipelines/{pipeline.Name}";
        var table = new TableDefinition
        {
            Name = naming.Target(pipeline),
            Columns = Columns(),
            Engine = EngineText.Postgres(project.Fleet.FindConnection(sink.Connection)!, sink, PostgresUpsert.OnConflict(sink)),
            Comment = new Mark(project.Name, owner).ToString(),
        };
        yield return new DeclaredObject
        {
            Name = table.Name,
            Placement = Placement.On(pipeline.Role),
            Purpose = ObjectPurpose.SinkTable,
            Owner = owner,
            At = project.Sources.Find($"{pipeline.Path}.into"),
            CreateSql = table.ToSql(),
        };
    }

    private ImmutableArray<ColumnDefinition> Columns()
    {
        var types = new RowLayout(pipeline).Stream.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        return [.. sink.Columns.Select(name => new ColumnDefinition(name, TypeText.Unwrap(types[name], "LowCardinality") ?? types[name]))];
    }
}
