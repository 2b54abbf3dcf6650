using System.Collections.Immutable;
using System.Globalization;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Backfill;

/// <summary>What rebuilding a rollup takes: the rollups below it come along, for they are made of it.</summary>
/// <param name="project">With typed rollups.</param>
public sealed class BackfillPlanner(Project project)
{
    private static readonly string[] OrderDependent =
        ["any", "argM", "first_value", "groupArray", "groupUniqArray", "last_value", "median", "quantile", "topK"];

    private static readonly string[] Light = ["count", "countIf", "max", "maxIf", "min", "minIf", "sum", "sumIf"];

    private const string FlushInterval = "kafka_flush_interval_ms";

    /// <summary>ClickHouse's <c>stream_flush_interval_ms</c>.</summary>
    private const int DefaultFlush = 7500;

    /// <summary>What an INSERT takes on its way to storage, in milliseconds.</summary>
    private const int Slack = 5000;

    private readonly RollupGraph graph = new(project);
    private readonly Naming naming = new(project);

    /// <param name="partitions">Ids of the partitions to rebuild, of this rollup only; empty rebuilds all, and all below.</param>
    /// <param name="range">Rows of these partitions to rebuild; null for all.</param>
    public BackfillJob Plan(
        Rollup rollup, string id, ImmutableArray<string> partitions, BackfillLimits limits, DateTimeOffset now, BackfillRange? range = null)
    {
        var cluster = graph.Cluster(rollup)!;
        var rebuilt = partitions.IsEmpty ? WithChildren(rollup) : graph.Siblings(rollup);
        var tables = rebuilt.Select(graph.Data).ToImmutableHashSet();
        var sources = rebuilt.Select(graph.Source).Where(source => !tables.Contains(source)).Distinct().ToImmutableArray();
        return new BackfillJob
        {
            Id = id,
            Project = project.Name,
            Rollup = rollup.Name,
            Sources = sources,
            Watched = [.. rebuilt.Where(view => sources.Contains(graph.Source(view))).SelectMany(Ancestors).Distinct()],
            Targets = [.. rebuilt.GroupBy(graph.Data).OrderBy(target => target.Max(graph.Depth)).Select(target => Target([.. target], Only(target.First(), partitions, range)))],
            Partitions = partitions,
            Range = range,
            Nodes = [.. project.Fleet.Nodes.Where(cluster.Contains).Select(node => node.Name)],
            Consumers = [.. Consumers(rebuilt)],
            Replays = limits.FromKafka ? [.. Replays(rollup)] : [],
            Limits = limits.MarginMilliseconds > 0 ? limits : limits with { MarginMilliseconds = FlushMilliseconds(rebuilt) + Slack },
            Created = now,
        };
    }

    /// <summary>The rollup, those that fill the same table, and all that read it, at any distance.</summary>
    private ImmutableArray<Rollup> WithChildren(Rollup rollup)
    {
        var found = graph.Siblings(rollup).ToList();
        for (var i = 0; i < found.Count; i++)
            found.AddRange(graph.Children(found[i]).SelectMany(child => graph.Siblings(child)).Where(child => !found.Contains(child)).Distinct());
        return [.. found];
    }

    /// <summary>The tables above a rollup: an INSERT into the first of them makes the rows of all.</summary>
    private IEnumerable<ObjectName> Ancestors(Rollup rollup)
    {
        for (var at = rollup; at is not null; at = graph.Parent(at))
            yield return graph.Source(at);
    }

    private IEnumerable<BackfillConsumer> Consumers(ImmutableArray<Rollup> rebuilt) =>
        from pipeline in rebuilt.Select(graph.Root).OfType<Pipeline>().Distinct()
        from leg in project.LegsOf(pipeline)
        from node in project.Fleet.NodesOf(pipeline.Role)
        select new BackfillConsumer(node.Name, naming.Kafka(pipeline, leg));

    /// <summary>A Kafka table's block has one <c>now()</c>, that of its first message: a row arrives later than it says by up to a flush interval.</summary>
    private int FlushMilliseconds(ImmutableArray<Rollup> rebuilt) =>
        (from pipeline in rebuilt.Select(graph.Root).OfType<Pipeline>().Distinct()
         from leg in pipeline.Legs
         select int.TryParse(leg.Settings.GetValueOrDefault(FlushInterval), CultureInfo.InvariantCulture, out var flush) ? flush : DefaultFlush)
        .DefaultIfEmpty(0).Max();

    /// <summary>Only a rollup that reads a pipeline's table can be made of its messages.</summary>
    private IEnumerable<BackfillReplay> Replays(Rollup rollup) => graph.Pipeline(rollup) is { } pipeline
        ? project.LegsOf(pipeline).Select(leg => BackfillReplay.Of(project, pipeline, leg)) : [];

    private BackfillTarget Target(ImmutableArray<Rollup> views, string? only)
    {
        var first = views[0];
        var keys = first.GroupBy.IsEmpty ? first.Into.OrderBy : [.. first.GroupBy.Select(key => Quote.Name(key.Name))];
        return new BackfillTarget(
            graph.Data(first), keys, first.Into.PartitionBy, MergeSettings(first), [.. views.Select(view => View(view, only))]);
    }

    /// <summary>Declared settings that stopping merges overrides.</summary>
    private static string MergeSettings(Rollup rollup) => string.Join(
        ", ", rollup.Into.Settings.Where(setting => setting.Key.StartsWith("max_bytes_to_merge_at_", StringComparison.Ordinal))
            .Select(setting => $"{Quote.Name(setting.Key)} = {Quote.Setting(setting.Value)}"));

    /// <summary>What is rebuilt, over the target's columns; null for all.</summary>
    private static string? Only(Rollup rollup, ImmutableArray<string> partitions, BackfillRange? range)
    {
        var whole = !partitions.IsEmpty && rollup.Into.PartitionBy is { } by ? BackfillSql.InPartitions(by, partitions) : null;
        return (whole, range) switch
        {
            (_, null) => whole,
            (null, _) => range.Condition,
            _ => $"{whole} AND {range.Condition}",
        };
    }

    private BackfillView View(Rollup rollup, string? only)
    {
        var select = new RollupSelect(graph, rollup);
        return new BackfillView(
            naming.RollupView(rollup).Name, graph.Source(rollup), select.Over(BackfillView.SourceToken, BackfillView.ConditionToken), [.. rollup.AllColumns.Select(column => Quote.Name(column.Name))],
            [.. rollup.GroupBy.Select(key => key.Expression)], rollup.Where,
            [.. rollup.Aggregates.Select(aggregate => Column(rollup, select, aggregate))], only);
    }

    private BackfillColumn Column(Rollup rollup, RollupSelect select, RollupColumn aggregate)
    {
        var function = graph.Function(rollup, aggregate)!.Function;
        var depends = OrderDependent.Any(name => function.StartsWith(name, StringComparison.Ordinal))
            && !function.Contains("Exact", StringComparison.Ordinal);
        return new BackfillColumn(
            aggregate.Name, select.SourceValue(aggregate), select.MergedValue(aggregate, Quote.Name(aggregate.Name)), Light.Contains(function), !depends);
    }
}
