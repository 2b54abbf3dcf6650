using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Status;

/// <summary>Asks every node how it and its streams are doing. Rates need two looks: give the previous one.</summary>
/// <param name="lag">Asked for legs whose consumers do not tell their lag; null: then it stays unknown.</param>
public sealed class StatusCollector(INodeConnector connector, ILagSource? lag = null, TimeProvider? time = null)
{
    private const int Parallelism = 256;

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public async Task<FleetStatus> CollectAsync(
        Project project, FleetStatus? previous = null, CancellationToken cancel = default)
    {
        var targets = new StatusTargets(project);
        var nodes = project.Fleet.Nodes;
        var looks = new NodeLook[nodes.Length];
        // The user waits in front of the screen: a node that is down is not worth several attempts.
        var connect = project.Fleet.Connect with { Retries = 0, StatementTimeout = Shorter(project.Fleet.Connect.StatementTimeout) };
        await Parallel.ForAsync(0, nodes.Length, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (i, _) =>
            looks[i] = await NodeLook.TakeAsync(connector.Connect(nodes[i].Http, connect), nodes[i], targets.On(nodes[i]), cancel));

        var now = _time.GetUtcNow();
        var legs = await Task.WhenAll(
            from pipeline in project.Pipelines
            from leg in pipeline.Legs
            select LegAsync(project, pipeline, leg, looks, previous, now, cancel));
        var order = project.Pipelines.Select(pipeline => pipeline.Name).ToArray();
        var sharing =
            from pipeline in project.Pipelines
            where pipeline.SharesConsumption
            from leg in legs
            where leg.Pipeline == pipeline.Consumption
            select leg with { Pipeline = pipeline.Name, Consumption = pipeline.Consumption };
        return new FleetStatus(
            now,
            [.. looks.Select(look => WithSince(look.Status, previous, now))],
            [.. legs.Concat(sharing).OrderBy(leg => Array.FindIndex(order, name => name == leg.Pipeline))],
            [.. targets.ErrorTables().Select(table => CountErrors(table, looks))]);
    }

    private static TimeSpan Shorter(TimeSpan timeout) => timeout < MaxWait ? timeout : MaxWait;

    private static readonly TimeSpan MaxWait = TimeSpan.FromSeconds(10);

    private static NodeStatus WithSince(NodeStatus status, FleetStatus? previous, DateTimeOffset now)
    {
        var before = previous?.Nodes.FirstOrDefault(n => n.Node.Name == status.Node.Name);
        return before is null ? status : status with { Since = before.State == status.State ? before.Since : now };
    }

    private async Task<LegStatus> LegAsync(
        Project project, Pipeline pipeline, Leg leg, NodeLook[] looks, FleetStatus? previous, DateTimeOffset now, CancellationToken cancel)
    {
        var table = new Naming(project).Kafka(pipeline, leg);
        ImmutableArray<LegOnNode> onNodes =
        [
            .. from look in looks
               where look.Status.Node.Role == pipeline.Role && look.Consumers.ContainsKey(table)
               select look.Consumers[table],
        ];
        var consumers = leg.Consumers * project.Fleet.NodesOf(pipeline.Role).Length;
        var status = new LegStatus(pipeline.Name, leg, table, consumers, onNodes);
        if (lag is not null && !status.IsTold(project.Fleet.NodesOf(pipeline.Role).Length, now) && project.Fleet.FindBroker(leg.Broker) is { } broker)
            status = status with { FromBroker = await lag.AskAsync(broker, leg.Topic, leg.Group, cancel) };
        var before = previous?.Legs.FirstOrDefault(l => l.Pipeline == pipeline.Name && l.Leg.Name == leg.Name);
        return before is null ? status : WithRates(status, before, (now - previous!.At).TotalSeconds);
    }

    private static LegStatus WithRates(LegStatus status, LegStatus before, double seconds) => seconds <= 0 ? status : status with
    {
        RowsPerSecond = StoredSince(before, status) / seconds,
        DrainPerSecond = (before.Lag - status.Lag) / seconds,
    };

    /// <summary>What a consumer read and could not store, it reads again: then only what was committed counts.</summary>
    private static double? StoredSince(LegStatus before, LegStatus now)
    {
        if (now.OnNodes.All(node => node.LastError is null))
            return RowsSince(before, now.OnNodes);
        return now.FromBroker?.Committed - before.FromBroker?.Committed is { } stored ? Math.Max(0, stored) : null;
    }

    /// <summary>Counters start again when a consumer is created anew: what it has read since then is the least it did.</summary>
    private static long RowsSince(LegStatus before, ImmutableArray<LegOnNode> now) => now.Sum(node =>
    {
        var then = before.OnNodes.FirstOrDefault(n => n.Node == node.Node)?.RowsRead;
        return then is null ? 0 : node.RowsRead >= then ? node.RowsRead - then.Value : node.RowsRead;
    });

    /// <summary>Replicas of a shard hold the same rows, so of each shard only the fullest answer counts.</summary>
    private static ErrorTableStatus CountErrors(ErrorTable table, NodeLook[] looks)
    {
        var shards = looks.Where(look => table.Placement.Includes(look.Status.Node))
            .GroupBy(look => table.IsSharded ? look.Status.Node.Shard : 0).ToList();
        return new ErrorTableStatus(
            table.Read,
            shards.Sum(shard => shard.Max(look => look.Errors.GetValueOrDefault(table.Data))),
            shards.All(shard => shard.Any(look => look.Status.State == NodeState.Ok)));
    }
}
