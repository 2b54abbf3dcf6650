using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>What one leg has on its ingestion role: a Kafka table, a data view and an error view.</summary>
internal sealed class LegObjects(Project project, Naming naming, Pipeline pipeline, Leg leg)
{
    private readonly RowLayout layout = new(pipeline);
    private readonly string owner = $"pipelines/{pipeline.Name}";

    private string Comment => new Mark(project.Name, owner).ToString();

    private ObjectName Kafka => naming.Kafka(pipeline, leg);

    public IEnumerable<DeclaredObject> Compile()
    {
        yield return Declare(Kafka, ObjectPurpose.KafkaTable, KafkaTable().ToSql()) with { StandInSql = StandIn().ToSql() };
        yield return Declare(naming.View(pipeline, leg), ObjectPurpose.LegView, DataView().ToSql()) with { Source = Kafka };
        yield return Declare(naming.ErrorView(pipeline, leg), ObjectPurpose.LegView, ErrorView().ToSql()) with { Source = Kafka };
        if (SinkSelect.Refused(pipeline, leg, Kafka) is { } refused)
            yield return Declare(naming.RefusedView(pipeline, leg), ObjectPurpose.LegView, RefusedView(refused).ToSql()) with { Source = Kafka };
    }

    private TableDefinition KafkaTable() => new()
    {
        Name = Kafka,
        Columns = layout.Message,
        Engine = EngineText.Kafka(project.Fleet.FindBroker(leg.Broker)!, leg),
        Settings = LegSettings.Of(leg),
        Comment = Comment,
    };

    /// <summary>A table that looks like the Kafka table to its views and consumes nothing.</summary>
    private TableDefinition StandIn() => new()
    {
        Name = Kafka,
        Columns =
        [
            .. layout.Message,
            .. KafkaVirtuals.All.Where(v => layout.Message.All(column => column.Name != v.Name)),
        ],
        Engine = "Null",
        Comment = Comment,
    };

    private ViewDefinition DataView() => new()
    {
        Name = naming.View(pipeline, leg),
        Target = naming.Target(pipeline),
        Select = SinkSelect.Render(pipeline, Kafka),
        Comment = Comment,
    };

    private ViewDefinition ErrorView() => new()
    {
        Name = naming.ErrorView(pipeline, leg),
        Target = naming.ErrorWritable(pipeline.Errors),
        Select = ErrorTables.Select(pipeline, leg, Kafka),
        Comment = Comment,
    };

    private ViewDefinition RefusedView(string select) => new()
    {
        Name = naming.RefusedView(pipeline, leg),
        Target = naming.ErrorWritable(pipeline.Errors),
        Select = select,
        Comment = Comment,
    };

    private DeclaredObject Declare(ObjectName name, ObjectPurpose purpose, string sql) => new()
    {
        Name = name,
        Placement = Placement.On(pipeline.Role),
        Purpose = purpose,
        Owner = owner,
        At = project.Sources.Find($"pipelines.{pipeline.Name}.legs[{pipeline.Legs.IndexOf(leg)}]"),
        CreateSql = sql,
    };
}
