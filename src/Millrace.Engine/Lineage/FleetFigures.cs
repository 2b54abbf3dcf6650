using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.Json;
using Millrace.Core.Breaking;
using Millrace.Core.Lineage;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;
using Millrace.Engine.Status;

namespace Millrace.Engine.Lineage;

/// <summary>Puts on a graph what is measured on the nodes: rows, parts, lag, rows a second, failures.</summary>
public sealed class FleetFigures(INodeConnector connector, ILagSource? lag)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly ConcurrentBag<(Node Node, ObjectReading Reading)> _readings = [];
    private readonly ConcurrentQueue<string> _gaps = [];

    public async Task<LineageGraph> AddAsync(LineageGraph graph, Project project, ObservedFleet observed, CancellationToken cancel)
    {
        var legs = LegsAsync(project, cancel);
        var answering = observed.Nodes.Where(node => node.State == NodeState.Ok).ToList();
        await Parallel.ForEachAsync(answering, new ParallelOptions { MaxDegreeOfParallelism = 64, CancellationToken = cancel }, async (node, stop) =>
            await ReadAsync(node.Node, project.Fleet.Connect with { Retries = 0 }, stop));
        var byNode = (
            from item in _readings
            group item.Reading by LineageBuilder.IdOf(new ObjectRef(item.Node.Role, item.Reading.Name))).ToImmutableDictionary(g => g.Key, g => g.ToList());
        var status = await legs;
        return graph with
        {
            Nodes = [.. graph.Nodes.Select(node => node with { Figures = OfNode(node, answering, byNode.GetValueOrDefault(node.Id)) })],
            Edges = [.. graph.Edges.Select(edge => edge with { Figures = OfEdge(graph, edge, status, answering, byNode) })],
            Gaps = [.. graph.Gaps, .. observed.NotOk.Select(node => $"{node.Node.Name}: {node.Reason}"), .. _gaps.Order(StringComparer.Ordinal)],
        };
    }

    private async Task<FleetStatus?> LegsAsync(Project project, CancellationToken cancel)
    {
        if (project.Pipelines.IsEmpty)
            return null;
        var collector = new StatusCollector(connector, lag);
        var first = await collector.CollectAsync(project, cancel: cancel);
        await Task.Delay(BetweenLooks, cancel);
        return await collector.CollectAsync(project, first, cancel);
    }

    private async Task ReadAsync(Node node, ConnectOptions connect, CancellationToken cancel)
    {
        try
        {
            foreach (var reading in await FiguresReader.ReadAsync(connector.Connect(node.Http, connect), cancel))
                _readings.Add((node, reading));
        }
        catch (ServerErrorException error)
        {
            _gaps.Enqueue($"{node.Name} does not tell what its tables hold: error {error.Code} {error.Name}");
        }
        catch (Exception error) when (error is NodeUnreachableException or JsonException or FormatException or InvalidOperationException)
        {
            _gaps.Enqueue($"{node.Name} does not tell what its tables hold: {error.Message}");
        }
    }

    private static NodeFigures? OfNode(LineageNode node, List<ObservedNode> answering, List<ObjectReading>? readings)
    {
        if (node.Role.Length == 0)
            return null;
        var ofRole = answering.Where(other => other.Node.Role == node.Role).ToList();
        var holders = ofRole.Count(other => other.Objects.Keys.Any(name => name.ToString() == node.Name));
        var stored = readings?.Where(reading => reading.Parts > 0).ToList() ?? [];
        var figures = new NodeFigures(holders, ofRole.Count);
        return node.Kind != NodeKind.Storage ? figures : figures with
        {
            Rows = stored.Sum(reading => reading.Rows),
            Bytes = stored.Sum(reading => reading.Bytes),
            Parts = stored.Sum(reading => reading.Parts),
            PartsInPartition = stored.Select(reading => reading.PartsInPartition).DefaultIfEmpty().Max(),
        };
    }

    private static EdgeFigures? OfEdge(
        LineageGraph graph, LineageEdge edge, FleetStatus? status, List<ObservedNode> answering, ImmutableDictionary<string, List<ObjectReading>> byNode)
    {
        var (from, to) = (graph.Find(edge.From)!, graph.Find(edge.To)!);
        if (from.Kind == NodeKind.Topic)
            return OfLeg(status?.Legs.FirstOrDefault(leg => leg.KafkaTable.ToString() == to.Name && leg.Leg.Topic == from.Name));
        if (from.Kind is NodeKind.View or NodeKind.Refreshable && edge.Kind == EdgeKind.Direct && byNode.GetValueOrDefault(from.Id) is { } readings)
            return new EdgeFigures
            {
                RowsPerSecond = readings.Any(reading => reading.WrittenInMinute is not null) ? readings.Sum(reading => reading.WrittenInMinute ?? 0) / 60.0 : null,
                Failures = readings.Sum(reading => reading.Failures),
                LastError = readings.Select(reading => reading.LastError).FirstOrDefault(text => text.Length > 0) ?? "",
            };
        if (from.Kind != NodeKind.Distributed || edge.Kind != EdgeKind.Remote)
            return null;
        var waiting = answering.Where(node => node.Node.Role == from.Role).SelectMany(node => node.Facts?.Waiting ?? []).Where(item => item.Table.ToString() == from.Name).ToList();
        return waiting.Count == 0 ? null : new EdgeFigures
        {
            Waiting = waiting.Sum(item => item.Files + item.BrokenFiles),
            LastError = waiting.Select(item => item.LastError).FirstOrDefault(text => text.Length > 0) ?? "",
        };
    }

    private static EdgeFigures? OfLeg(LegStatus? leg) => leg is null ? null : new EdgeFigures
    {
        RowsPerSecond = leg.RowsPerSecond,
        Lag = leg.Lag,
        LastError = leg.LastError is { } last ? $"{last.Node}: {last.Error.Text}" : "",
    };
}
