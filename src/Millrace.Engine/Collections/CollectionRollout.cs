using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.ServerConfig;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Collections;

/// <summary>
/// Creates the named collections of brokers and connections over SQL, and brings them up to date. What a collection holds
/// cannot be read back, so every value is set each time, and every table that had read it is made anew: one node after another.
/// </summary>
public sealed class CollectionRollout(INodeConnector connector, Project project)
{
    /// <summary>How the collections that the fleet's pipelines need stand on the nodes of their roles.</summary>
    public async Task<ImmutableArray<NodeCollection>> LookAsync(CancellationToken cancel)
    {
        var found = await Task.WhenAll(Nodes().Select(item => TryAsync(item.Node, item.Needed, async node =>
        {
            var known = await KnownAsync(node, cancel);
            return item.Needed.Select(collection => new NodeCollection(item.Node.Name, collection.Name, State(known, collection), []));
        })));
        return [.. found.SelectMany(node => node)];
    }

    /// <param name="report">Hears of each node that is through.</param>
    public async Task<ImmutableArray<NodeCollection>> ApplyAsync(Action<string> report, CancellationToken cancel)
    {
        var done = ImmutableArray.CreateBuilder<NodeCollection>();
        foreach (var (node, needed) in Nodes())
        {
            done.AddRange(await TryAsync(node, needed, connection => ApplyAsync(connection, node.Name, needed, cancel)));
            report(node.Name);
        }

        return done.ToImmutable();
    }

    private async Task<IEnumerable<NodeCollection>> ApplyAsync(
        INodeConnection node, string name, ImmutableArray<NamedCollection> needed, CancellationToken cancel)
    {
        var known = await KnownAsync(node, cancel);
        var results = new List<NodeCollection>();
        foreach (var collection in needed)
        {
            var state = State(known, collection);
            if (state == CollectionState.Config)
            {
                results.Add(new(name, collection.Name, state, [], "it is in the node's configuration: change it there, see `millrace render collections`"));
                continue;
            }

            await node.ExecuteAsync(state == CollectionState.Missing ? CollectionSql.Create(collection) : CollectionSql.Alter(collection), cancel: cancel);
            var remade = state == CollectionState.Missing ? [] : await RemakeAsync(node, collection.Name, cancel);
            results.Add(new(name, collection.Name, state == CollectionState.Missing ? CollectionState.Created : CollectionState.Updated, remade));
        }

        return results;
    }

    private async Task<ImmutableArray<string>> RemakeAsync(INodeConnection node, string collection, CancellationToken cancel)
    {
        var names = new List<ObjectName>();
        var row = new RowReader(await node.QueryAsync(CollectionSql.Dependents(project.Database), cancel: cancel));
        while (row.NextRow())
            names.Add(new ObjectName(project.Database, row.Text()));
        var tables = await ObjectReader.ReadAsync(node, names, tellsViewTargets: false, cancel);
        var (remade, statements) = CollectionSql.Anew(collection, [.. tables.Select(table => table.Shape).OrderBy(table => table.Name)]);
        // Once a table is dropped it is created too, whoever presses Ctrl-C.
        foreach (var statement in statements)
            await node.ExecuteAsync(statement, cancel: CancellationToken.None);
        return [.. remade.Select(table => table.Name.Name)];
    }

    private IEnumerable<(Node Node, ImmutableArray<NamedCollection> Needed)> Nodes() =>
        from node in project.Fleet.Nodes
        let needed = FleetCollections.NeededBy(project, node.Role)
        where !needed.IsEmpty
        select (node, needed);

    private static CollectionState State(IReadOnlyDictionary<string, string> known, NamedCollection collection) =>
        !known.TryGetValue(collection.Name, out var source) ? CollectionState.Missing
        : source == "SQL" ? CollectionState.Sql
        : CollectionState.Config;

    private static async Task<Dictionary<string, string>> KnownAsync(INodeConnection node, CancellationToken cancel)
    {
        var known = new Dictionary<string, string>(StringComparer.Ordinal);
        var row = new RowReader(await node.QueryAsync(CollectionSql.List, cancel: cancel));
        while (row.NextRow())
            known[row.Text()] = row.Text();
        return known;
    }

    /// <summary>A node's trouble is its own.</summary>
    private async Task<IEnumerable<NodeCollection>> TryAsync(
        Node node, ImmutableArray<NamedCollection> needed, Func<INodeConnection, Task<IEnumerable<NodeCollection>>> act)
    {
        try
        {
            return await act(connector.Connect(node.Http, project.Fleet.Connect));
        }
        catch (Exception error) when (error is NodeUnreachableException or ServerErrorException)
        {
            // The server's text may quote the statement, and with it what must not be shown.
            var text = needed.SelectMany(collection => collection.Entries).Select(entry => entry.Value.Reveal()).Where(value => value.Length > 3)
                .Aggregate(error.Message, (message, value) => message.Replace(value, Secret.Placeholder, StringComparison.Ordinal));
            return [new(node.Name, string.Join(", ", needed.Select(collection => collection.Name)), CollectionState.Failed, [], text)];
        }
    }
}
