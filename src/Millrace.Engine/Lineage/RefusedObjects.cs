using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Lineage;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Breaking;

namespace Millrace.Engine.Lineage;

/// <summary>
/// Objects that a lab does not accept: for want of a function, a disk or an engine that only the fleet has. They hide
/// nothing else: tables lend their columns to a stand-in, and what a definition names is read off its syntax.
/// </summary>
internal sealed class RefusedObjects(Rigs rigs, ImmutableArray<(WorldStatement Statement, EngineFault Fault)> refused)
{
    private const string EngineClause = "\nENGINE = ";

    /// <summary>Puts plain tables in the place of refused ones, and tries again what may read them.</summary>
    public async Task StandInAsync(CancellationToken cancel)
    {
        var open = refused.Select(item => item.Statement).ToList();
        for (var progress = true; progress && open.Count > 0;)
        {
            var left = new List<WorldStatement>();
            foreach (var statement in open)
                if (!await CreateAsync(statement, cancel))
                    left.Add(statement);
            progress = left.Count < open.Count;
            open = left;
        }
    }

    public async Task<LineageGraph> AddToAsync(LineageGraph graph, CancellationToken cancel)
    {
        foreach (var (statement, fault) in refused)
            graph = await rigs.Roles[statement.Role].OutlineAsync(statement.Sql, cancel) is { } outline
                ? Add(graph, outline, statement, fault)
                : graph with { Gaps = graph.Gaps.Add($"{statement.At?.ToString() ?? statement.Role}: {fault}") };
        return graph;
    }

    private async Task<bool> CreateAsync(WorldStatement statement, CancellationToken cancel)
    {
        var rig = rigs.Roles[statement.Role];
        if (await rig.RunAsync(statement.Sql, cancel) is null)
            return true;
        try
        {
            var canonical = await rig.TextAsync($"SELECT formatQuery({Quote.Text(Statements.WithoutOnCluster(statement.Sql))}) FORMAT TSVRaw", cancel);
            return canonical.IndexOf(EngineClause, StringComparison.Ordinal) is var at and > 0
                && await rig.RunAsync($"{canonical[..at]}{EngineClause}Memory", cancel) is null;
        }
        catch (Nodes.ServerErrorException)
        {
            return false; // No syntax of this engine: there is nothing to read off it.
        }
    }

    private static LineageGraph Add(LineageGraph graph, SyntaxOutline outline, WorldStatement statement, EngineFault fault)
    {
        var id = LineageBuilder.IdOf(new ObjectRef(statement.Role, outline.Name));
        var known = graph.Find(id);
        var node = (known ?? new LineageNode(id, outline.Name.ToString(), statement.Role, outline.Kind)
        {
            Engine = outline.Engine,
            Columns = [.. outline.Columns.Select(column => new LineageColumn(column, ""))],
        }) with { At = statement.At, Fault = $"the lab does not accept it as it is: {fault}" };
        if (known is not null)
            return graph with { Nodes = graph.Nodes.Replace(known, node with { Kind = outline.Kind, Engine = outline.Engine }) };
        var reads = outline.Reads.Select(name => LineageBuilder.IdOf(new ObjectRef(statement.Role, name))).Where(source => graph.Find(source) is not null);
        return graph with
        {
            Nodes = graph.Nodes.Add(node),
            Edges = [.. graph.Edges, .. reads.Select((source, i) => new LineageEdge(source, id, KindOf(outline.Kind, i)))],
        };
    }

    /// <summary>A materialized view fires for the table that its SELECT names first.</summary>
    private static EdgeKind KindOf(NodeKind kind, int position) =>
        kind != NodeKind.View ? EdgeKind.Direct : position == 0 ? EdgeKind.Trigger : EdgeKind.Lookup;
}
