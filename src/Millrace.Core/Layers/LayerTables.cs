using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Rings.Moves;
using Millrace.Core.Shapes;

namespace Millrace.Core.Layers;

/// <summary>Which tables a query layer sees, and what stands behind each on storage.</summary>
public sealed class LayerTables(Project project, Role role)
{
    private readonly Naming naming = new(project);

    /// <summary>The streams whose tables stand on the layer.</summary>
    public ImmutableArray<Pipeline> Streams => [.. project.Pipelines.Where(pipeline => pipeline.Into.IsReadOn(role))];

    /// <summary>Names granted by hand that no stream has: tables of <c>schema/*.sql</c>.</summary>
    public ImmutableArray<string> Others => [.. (role.Layer?.Tables ?? []).Except(Known, StringComparer.Ordinal)];

    /// <summary>
    /// True when a server may skip shards for every sharded table of the layer, because each is on a ring and every row
    /// lies where the ring says. Nothing is known of other sharding keys, nor of tables of <c>schema/*.sql</c>.
    /// </summary>
    public bool MaySkipShards =>
        !HasSchema && Streams.Any(IsSharded) && Streams.Where(IsSharded).All(pipeline =>
            pipeline.Into.Ring is { } placed && project.Fleet.FindRing(placed.Ring)?.Lock?.PruningIsTrue == true);

    public bool HasSchema => project.Schema.Any(statement => statement.Roles.Contains(role.Name));

    /// <summary>What the layer's users may read on its own nodes; null for the whole database.</summary>
    public ImmutableArray<ObjectName>? OnLayer => role.Layer is { Tables.IsEmpty: false } layer
        ? [.. layer.Tables.Select(In)]
        : null;

    /// <summary>What their queries read on storage nodes; null for the whole database.</summary>
    public ImmutableArray<ObjectName>? OnStorage => role.Layer is not { Tables.IsEmpty: false }
        ? null
        : [
            .. Streams.Select(pipeline => naming.Data(pipeline.Into)),
            // While rows move between shards, queries read these instead.
            .. Streams.Where(pipeline => pipeline.Into.Ring is not null).Select(pipeline => naming.Data(pipeline.Into))
                .SelectMany(data => new[] { MovedTable.BeforeOf(data), MovedTable.AfterOf(data) }),
            .. ErrorTables.SelectMany(errors => new[] { naming.ErrorData(errors, sharded: true), naming.ErrorData(errors, sharded: false) }),
            .. Others.SelectMany(name => new[] { In(name), In($"sharded_{name}") }),
        ];

    private IEnumerable<ErrorSink> ErrorTables =>
        project.Pipelines.Select(pipeline => pipeline.Errors).DistinctBy(errors => errors.Table).Where(errors => role.MaySee(errors.Table));

    private IEnumerable<string> Known =>
        project.Pipelines.SelectMany(pipeline => new[] { pipeline.Into.Table, pipeline.Errors.Table }).Distinct(StringComparer.Ordinal);

    private static bool IsSharded(Pipeline pipeline) => pipeline.Into.IsSharded;

    private ObjectName In(string name) => new(project.Database, name);
}
