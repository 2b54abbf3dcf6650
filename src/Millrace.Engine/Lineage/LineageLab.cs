using System.Collections.Immutable;
using Millrace.Core.Lineage;
using Millrace.Core.Model;
using Millrace.Engine.Breaking;
using Millrace.Engine.Lab;

namespace Millrace.Engine.Lineage;

/// <summary>Loads a world into labs that reach nobody, and has the engine say what depends on what.</summary>
public sealed class LineageLab(ILabHost host)
{
    public async Task<LineageGraph> TraceAsync(WorldDeclaration declared, Fleet? fleet, CancellationToken cancel)
    {
        if (declared.Statements.IsEmpty)
            return new LineageGraph([], [], []);
        await using var rigs = await Rigs.StartAsync(host, declared.Roles, declared, cancel);
        (declared, var faults) = await rigs.MakeAsync(declared, cancel);
        var refused = new RefusedObjects(rigs, faults);
        await refused.StandInAsync(cancel);
        var world = await rigs.ReadAsync(declared, null, cancel);
        var locator = new Locator();
        locator.Note(world, declared);
        var brokers = fleet?.Brokers.ToImmutableDictionary(broker => broker.Collection, broker => broker.Name) ?? [];
        var graph = new LineageBuilder(world, collection => brokers.GetValueOrDefault(collection, collection), item => locator.Find([item])).Build();
        return await refused.AddToAsync(graph, cancel);
    }
}
