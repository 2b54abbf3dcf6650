using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Rings;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Rings;

/// <summary>Looks whether every stored row lies where its ring would put it, and every writer follows the ring.</summary>
public sealed class RingSettlement(INodeConnector connector)
{
    /// <summary>Counting reads the key columns of every row.</summary>
    private static readonly StatementOptions Patient = new() { Timeout = TimeSpan.FromMinutes(10) };

    /// <summary>What stands in the way, one sentence each; empty when queries may skip shards.</summary>
    public async Task<ImmutableArray<string>> FindObstaclesAsync(Project project, Ring ring, CancellationToken cancel)
    {
        var cluster = project.Fleet.FindCluster(ring.Cluster)!;
        var tables = TablesOf(project, ring);
        // Writers first: only then is the number of misplaced rows one that can no longer grow.
        var writers = await FindWritersAsync(project, ring, cancel);
        if (!writers.IsEmpty)
            return writers;
        var storage = await Task.WhenAll(
            from pipeline in tables
            from node in project.Fleet.Nodes
            where cluster.Contains(node)
            select AskAsync(project, pipeline, node, connection => OfStorageAsync(connection, project, pipeline, cluster, node, cancel)));
        return [.. storage.OfType<string>()];
    }

    /// <summary>Writers that do not follow the ring, or hold rows that were placed before; one sentence each.</summary>
    public async Task<ImmutableArray<string>> FindWritersAsync(Project project, Ring ring, CancellationToken cancel)
    {
        var cluster = project.Fleet.FindCluster(ring.Cluster)!;
        var writers = await Task.WhenAll(
            from pipeline in TablesOf(project, ring)
            from node in project.Fleet.NodesOf(pipeline.Role)
            select AskAsync(project, pipeline, node, connection => OfWriterAsync(connection, project, pipeline, cluster, node, cancel)));
        return [.. writers.OfType<string>()];
    }

    private static List<Pipeline> TablesOf(Project project, Ring ring) =>
        [.. project.Pipelines.Where(pipeline => pipeline.Into.Ring?.Ring == ring.Name)];

    private async Task<string?> AskAsync(Project project, Pipeline pipeline, Node node, Func<INodeConnection, Task<string?>> ask)
    {
        try
        {
            return await ask(connector.Connect(node.Http, project.Fleet.Connect));
        }
        catch (Exception error) when (error is NodeUnreachableException or ServerErrorException)
        {
            return $"{node.Name}: {pipeline.Into.Table}: {error.Message}";
        }
    }

    private static async Task<string?> OfStorageAsync(
        INodeConnection connection, Project project, Pipeline pipeline, Cluster cluster, Node node, CancellationToken cancel)
    {
        var answer = await connection.QueryAsync(PlacementSql.Misplaced(project, pipeline, cluster, node.Shard), Patient, cancel);
        return First(answer, out var misplaced) && misplaced > 0
            ? $"{node.Name}: {misplaced:N0} rows of {pipeline.Into.Table} are on shard {node.Shard} and belong on others"
            : null;
    }

    private static async Task<string?> OfWriterAsync(
        INodeConnection connection, Project project, Pipeline pipeline, Cluster cluster, Node node, CancellationToken cancel)
    {
        ObjectName table = new Naming(project).Writable(pipeline.Into);
        var wanted = new ShardingKey(project.Fleet, pipeline).ForWriting(cluster)!;
        var answer = await connection.QueryAsync(PlacementSql.Engine(table), cancel: cancel);
        var row = new RowReader(answer);
        if (row.NextRow() && !row.Text().Contains(wanted, StringComparison.Ordinal))
            return $"{node.Name}: {table} still places rows as another epoch did: run `millrace apply`";
        return First(await connection.QueryAsync(PlacementSql.Waiting(table), cancel: cancel), out var files) && files > 0
            ? $"{node.Name}: {files:N0} blocks of {table} wait on its disk for shards that were chosen before"
            : null;
    }

    private static bool First(byte[] answer, out long number)
    {
        var row = new RowReader(answer);
        var there = row.NextRow();
        number = there ? row.Integer() : 0;
        return there;
    }
}
