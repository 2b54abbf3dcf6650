using System.Text;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Lab;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.IntegrationTests.Planning;

/// <summary>
/// What somebody did by hand: a header <c>-- nodes: ing-1, ing-2</c>, then statements. They run in an empty lab, and what
/// they leave there stands on those nodes, also in the place of what Millrace made.
/// </summary>
internal static class ByHand
{
    private const string Header = "-- nodes: ";

    public static async Task RunAsync(string file, ILabHost host, Project project, World world, CancellationToken cancel)
    {
        if (!File.Exists(file))
            return;
        var config = new LabConfig(
            [.. project.Fleet.Clusters.Select(cluster => cluster.Name)], [.. project.Fleet.Brokers.Select(broker => broker.Collection)]);
        foreach (var section in (await File.ReadAllTextAsync(file, cancel)).Split(Header, StringSplitOptions.RemoveEmptyEntries))
        {
            var (nodes, statements) = (section.Split('\n', 2)[0], section.Split('\n', 2)[1]);
            await using var lab = await host.StartAsync(config, cancel);
            await lab.Connection.ExecuteAsync($"CREATE DATABASE {Quote.Name(project.Database)}", cancel: cancel);
            foreach (var statement in statements.Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
                await lab.Connection.ExecuteAsync(statement, cancel: cancel);
            var shapes = await ShapesAsync(lab.Connection, project.Database, cancel);
            foreach (var node in nodes.Split(',', StringSplitOptions.TrimEntries))
                shapes.ForEach(shape => world.Put(node, shape));
        }
    }

    private static async Task<List<ObjectShape>> ShapesAsync(INodeConnection lab, string database, CancellationToken cancel)
    {
        var answer = await lab.QueryAsync($"SELECT name FROM system.tables WHERE database = {Quote.Text(database)} FORMAT TSVRaw", cancel: cancel);
        var names = Encoding.UTF8.GetString(answer).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(name => new ObjectName(database, name))
            .Where(name => !name.IsInner);
        return [.. (await ObjectReader.ReadAsync(lab, [.. names], tellsViewTargets: true, cancel)).Select(found => found.Shape)];
    }
}
