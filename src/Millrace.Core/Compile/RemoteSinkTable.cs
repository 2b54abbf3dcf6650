using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The table on an ingestion node through which a pipeline writes into another system.</summary>
internal sealed class RemoteSinkTable(Project project, Naming naming, Pipeline pipeline)
{
    /// <summary>One message a row, with the key as metadata.</summary>
    public DeclaredObject Kafka(KafkaSink sink)
    {
        var table = new TableDefinition
        {
            Name = naming.Target(pipeline),
            Columns =
            [
                .. new RowLayout(pipeline).Stream.Select(column => column.Bare()),
                new("_key", "String"),
                new("_timestamp", "DateTime"),
            ],
            Engine = EngineText.Producer(project.Fleet.FindBroker(sink.Broker)!, sink),
            // More rows in a message would have one key between them.
            Settings = SchemaSettings.Add(sink.Settings, sink.Schema).SetItem("kafka_max_rows_per_message", "1"),
        };
        return Declare(table) with { ProbeSql = SchemaSettings.Probe(sink.Schema, sink.Format, table.Columns) };
    }

    /// <summary>The columns that are upserted, as PostgreSQL knows them.</summary>
    public DeclaredObject Postgres(PostgresSink sink)
    {
        var types = new RowLayout(pipeline).Stream.ToDictionary(column => column.Name, column => column.Type, StringComparer.Ordinal);
        return Declare(new TableDefinition
        {
            Name = naming.Target(pipeline),
            Columns = [.. sink.Columns.Select(name => new ColumnDefinition(name, TypeText.Unwrap(types[name], "LowCardinality") ?? types[name]))],
            Engine = EngineText.Postgres(project.Fleet.FindConnection(sink.Connection)!, sink, PostgresUpsert.OnConflict(sink)),
        });
    }

    private DeclaredObject Declare(TableDefinition table)
    {
        var owner = $"pipelines/{pipeline.Name}";
        return new DeclaredObject
        {
            Name = table.Name,
            Placement = Placement.On(pipeline.Role),
            Purpose = ObjectPurpose.SinkTable,
            Owner = owner,
            At = project.Sources.Find($"{pipeline.Path}.into"),
            CreateSql = (table with { Comment = new Mark(project.Name, owner).ToString() }).ToSql(),
        };
    }
}
