using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The Kafka table that a pipeline produces through: one message a row, with the key as metadata.</summary>
internal sealed class KafkaSinkTable(Project project, Naming naming, Pipeline pipeline, KafkaSink sink)
{
    public IEnumerable<DeclaredObject> Compile()
    {
        var owner = $"pipelines/{pipeline.Name}";
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
            ProbeSql = SchemaSettings.Probe(sink.Schema, sink.Format, table.Columns),
        };
    }
}
