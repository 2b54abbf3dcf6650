using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Core.Compile;

/// <summary>
/// How generated objects are called: <c>sharded_X</c>, <c>writable_X</c>, <c>kafka_X</c>, <c>X_mv</c>, <c>X_errors_mv</c>,
/// <c>millrace.ready_X</c>; with several sinks <c>stream_X</c>, <c>X_into_mv</c> and <c>X_SINK_mv</c>; of a rollup <c>sharded_X</c> (<c>local_X</c> where it is not sharded), <c>distributed_X</c> and <c>X_mv</c>.
/// Legs on the fleet's first broker have the bare names and other legs carry theirs as a suffix, so that adding or
/// removing a leg never renames another one.
/// </summary>
public sealed class Naming(Project project)
{
    public ObjectName Data(TableSink sink) => In(sink.DataTable ?? DataTable(sink.Table, sink.IsSharded));

    public ObjectName Read(TableSink sink) => In(sink.Table);

    public ObjectName Writable(TableSink sink) => In(sink.WritableTable ?? $"writable_{sink.Table}");

    /// <summary>What the views of a pipeline write to, on its ingestion role.</summary>
    public ObjectName Target(Pipeline pipeline) => pipeline.Into switch
    {
        KafkaSink sink => In(sink.ProducerTable ?? $"producer_{pipeline.Name}"),
        PostgresSink sink => In(sink.WritableTable ?? $"postgres_{pipeline.Name}"),
        TableSink sink => Writable(sink),
        _ => throw new ArgumentOutOfRangeException(nameof(pipeline), pipeline.Into, null),
    };

    /// <summary>The table between a leg and several sinks.</summary>
    public ObjectName Stream(Pipeline pipeline, Leg leg) => In($"stream_{Stem(pipeline, leg)}");

    /// <summary>The view that hands the rows of a stream to one of its sinks: the pipeline's own, or a branch.</summary>
    public ObjectName SinkView(Pipeline sink, Leg leg) => In(sink.Branch is null ? $"{Stem(sink, leg)}_into_mv" : $"{Stem(sink, leg)}_mv");

    public ObjectName RefusedView(Pipeline pipeline, Leg leg) => In($"{Stem(pipeline, leg)}_refused_mv");

    public ObjectName ErrorData(ErrorSink errors, bool sharded) => In(DataTable(errors.Table, sharded));

    public ObjectName ErrorRead(ErrorSink errors) => In(errors.Table);

    public ObjectName ErrorWritable(ErrorSink errors) => In($"writable_{errors.Table}");

    public ObjectName Kafka(Pipeline pipeline, Leg leg) => In(leg.KafkaTable ?? $"kafka_{Stem(pipeline.Consumption, leg)}");

    public ObjectName View(Pipeline pipeline, Leg leg) => In(leg.View ?? $"{Stem(pipeline, leg)}_mv");

    public ObjectName ErrorView(Pipeline pipeline, Leg leg) => In(leg.ErrorView ?? $"{Stem(pipeline, leg)}_errors_mv");

    public ObjectName RollupData(RollupTarget target, bool sharded) => In($"{(sharded ? "sharded" : "local")}_{target.Table}");

    public ObjectName RollupDistributed(RollupTarget target) => In($"distributed_{target.Table}");

    public ObjectName RollupRead(RollupTarget target) => In(target.Table);

    public ObjectName RollupView(Rollup rollup) => In($"{rollup.Name}_mv");

    public ObjectName Ready() => new(Readiness.Database, $"ready_{project.Name}");

    private ObjectName In(string name) => new(project.Database, name);

    private static string DataTable(string table, bool sharded) => sharded ? $"sharded_{table}" : table;

    private string Stem(Pipeline pipeline, Leg leg) => Stem(pipeline.Name, leg);

    private string Stem(string pipeline, Leg leg) => IsDefault(leg) ? pipeline : $"{pipeline}_{leg.Name}";

    private bool IsDefault(Leg leg) =>
        leg.Name == leg.Broker && !project.Fleet.Brokers.IsEmpty && project.Fleet.Brokers[0].Name == leg.Broker;
}
