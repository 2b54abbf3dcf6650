using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>
/// What one leg has on its ingestion role: a Kafka table, a data view and an error view. Where the stream has several sinks,
/// the data view fills a stream table, and each sink has a view on that.
/// </summary>
internal sealed class LegObjects(Project project, Naming naming, Pipeline pipeline, Leg leg)
{
    private readonly RowLayout layout = new(pipeline);
    private readonly ImmutableArray<Pipeline> branches = project.BranchesOf(pipeline);

    private string Comment => CommentOf(pipeline);

    private ObjectName Kafka => naming.Kafka(pipeline, leg);

    private ObjectName Stream => naming.Stream(pipeline, leg);

    private RowSource Rows => branches.IsEmpty ? RowSource.Messages(Kafka) : RowSource.Stream(Stream);

    public IEnumerable<DeclaredObject> Compile()
    {
        yield return Declare(Kafka, ObjectPurpose.KafkaTable, KafkaTable().ToSql()) with
        {
            StandInSql = StandIn().ToSql(),
            ProbeSql = SchemaSettings.Probe(leg.Schema, leg.Format, layout.Message),
        };
        yield return Declare(naming.View(pipeline, leg), ObjectPurpose.LegView, DataView().ToSql()) with { Source = Kafka };
        yield return Declare(naming.ErrorView(pipeline, leg), ObjectPurpose.LegView, ErrorView().ToSql()) with { Source = Kafka };
        if (branches.IsEmpty)
        {
            foreach (var view in RefusedViews(pipeline))
                yield return view with { Purpose = ObjectPurpose.LegView, Source = Kafka, Consumer = null };
            yield break;
        }

        yield return Declare(Stream, ObjectPurpose.StreamTable, StreamTable.Of(pipeline, Stream, Comment).ToSql()) with { Consumer = Kafka };
        foreach (var sink in branches.Prepend(pipeline))
        {
            yield return Of(sink, SinkView(sink));
            foreach (var view in RefusedViews(sink))
                yield return view;
        }
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
        Target = branches.IsEmpty ? naming.Target(pipeline) : Stream,
        Select = branches.IsEmpty ? SinkSelect.Render(pipeline, Rows) : DataSelect.RenderStream(pipeline, RowSource.Messages(Kafka)),
        Comment = Comment,
    };

    private ViewDefinition SinkView(Pipeline sink) => new()
    {
        Name = naming.SinkView(sink, leg),
        Target = naming.Target(sink),
        Select = SinkSelect.Render(sink, Rows),
        Comment = CommentOf(sink),
    };

    private ViewDefinition ErrorView() => new()
    {
        Name = naming.ErrorView(pipeline, leg),
        Target = naming.ErrorWritable(pipeline.Errors),
        Select = ErrorTables.Select(pipeline, leg, Kafka),
        Comment = Comment,
    };

    private IEnumerable<DeclaredObject> RefusedViews(Pipeline sink)
    {
        if (SinkSelect.Refused(sink, leg, Rows) is { } select)
            yield return Of(sink, new ViewDefinition
            {
                Name = naming.RefusedView(sink, leg),
                Target = naming.ErrorWritable(sink.Errors),
                Select = select,
                Comment = CommentOf(sink),
            });
    }

    private string CommentOf(Pipeline sink) => new Mark(project.Name, OwnerOf(sink)).ToString();

    private static string OwnerOf(Pipeline sink) => $"pipelines/{sink.Name}";

    /// <summary>A view on the stream table; branches own theirs.</summary>
    private DeclaredObject Of(Pipeline sink, ViewDefinition view) => Declare(view.Name, ObjectPurpose.StreamView, view.ToSql()) with
    {
        Consumer = Kafka,
        Source = Stream,
        Owner = OwnerOf(sink),
        At = sink.Branch is null ? At : project.Sources.Find(sink.Path),
    };

    private SourceRef? At => project.Sources.Find($"{pipeline.Path}.legs[{pipeline.Legs.IndexOf(leg)}]");

    private DeclaredObject Declare(ObjectName name, ObjectPurpose purpose, string sql) => new()
    {
        Name = name,
        Placement = Placement.On(pipeline.Role),
        Purpose = purpose,
        Owner = OwnerOf(pipeline),
        At = At,
        CreateSql = sql,
    };
}
