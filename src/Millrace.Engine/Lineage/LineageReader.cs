using Millrace.Core.Compile;
using Millrace.Core.Lineage;
using Millrace.Core.Model;
using Millrace.Engine.Breaking;
using Millrace.Engine.Lab;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;
using Millrace.Engine.Status;

namespace Millrace.Engine.Lineage;

/// <summary>Makes the graph of a project: as declared, as its nodes have it, or both.</summary>
/// <param name="lag">Asked for the lag of legs whose consumers do not tell it; null: then it stays unknown.</param>
public sealed class LineageReader(ILabHost host, LabLoader loader, FleetObserver observer, INodeConnector connector, ILagSource? lag)
{
    private static readonly ObserveOptions Observation = new() { WithFacts = true };

    public async Task<LineageGraph> ReadAsync(Project declared, LineageSource source, CancellationToken cancel)
    {
        var (typed, untyped) = await loader.TypeRollupsAsync(declared, cancel);
        var own = WorldDeclaration.Of(typed);
        var lab = new LineageLab(host);
        var gaps = source == LineageSource.Fleet ? [] : untyped.Select(finding => $"{finding.At}: {finding.Message}");
        if (source == LineageSource.Declared)
            return Working(await lab.TraceAsync(own, declared.Fleet, cancel), gaps);
        var observed = await observer.ObserveAsync(declared.Fleet, Observation, cancel);
        var world = source == LineageSource.Fleet ? WorldDeclaration.Of(declared, observed) : WorldDeclaration.Of(typed, own.Statements, observed);
        var graph = Working(await lab.TraceAsync(world, declared.Fleet, cancel), gaps);
        return await new FleetFigures(connector, lag).AddAsync(graph, declared, observed, cancel);
    }

    /// <summary>Views that only tell whether a node is ready move no data.</summary>
    private static LineageGraph Working(LineageGraph graph, IEnumerable<string> gaps)
    {
        var ids = graph.Nodes.Where(node => !node.Name.StartsWith($"{Readiness.Database}.", StringComparison.Ordinal))
            .Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        return graph.Only(ids) with { Gaps = [.. gaps, .. graph.Gaps] };
    }
}
