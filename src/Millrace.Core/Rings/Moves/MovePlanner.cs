using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Rings.Moves;

/// <summary>What moving old rows to their layers' shards takes, and why it cannot be done.</summary>
public sealed class MovePlanner(Project project, Ring ring)
{
    private readonly Cluster cluster = project.Fleet.FindCluster(ring.Cluster)!;
    private readonly Naming naming = new(project);

    public ImmutableArray<RingTable> Tables => [.. RingTable.All(project).Where(table => table.Ring.Name == ring.Name)];

    /// <summary>The storage nodes by shard, with the shard's place in the cluster's list.</summary>
    public ImmutableArray<(Node Node, int Number)> Shards
    {
        get
        {
            var shards = Ring.ShardsOf(project.Fleet, cluster);
            return [.. project.Fleet.Nodes.Where(node => cluster.Contains(node) && node.Shard > 0).Select(node => (node, shards.Select(known => known.Shard).ToList().IndexOf(node.Shard) + 1))];
        }
    }

    /// <summary>What is not supported, one sentence each.</summary>
    public IEnumerable<string> Obstacles()
    {
        if (cluster.Replicated || Shards.GroupBy(shard => shard.Number).Any(shard => shard.Count() > 1))
            yield return $"the shards of cluster {cluster.Name} have replicas: rows are moved only between shards of one node each";
        foreach (var table in Tables.Select(table => table.Pipeline.Into))
        {
            var engine = table.Engine.Split('(')[0].Trim();
            if (engine is not ("MergeTree" or "ReplacingMergeTree"))
                yield return $"{table.Table} is a {engine}, whose merges make other rows out of rows: only MergeTree and ReplacingMergeTree are moved";
            else if (engine == "ReplacingMergeTree" && table.Ring!.Key.Except(table.OrderBy, StringComparer.Ordinal).Any())
                yield return $"{table.Table} replaces rows of one sorting key, which does not hold the whole key of the ring ({string.Join(", ", table.Ring.Key)}): two rows that replace each other may belong on two shards";
        }
    }

    public RingMove Plan(string id, ImmutableArray<int> layers, bool olderMayWin)
    {
        var assignment = ring.Lock!.Current.Assignment;
        return new RingMove
        {
            Id = id,
            Project = project.Name,
            Ring = ring.Name,
            Cluster = cluster.Name,
            Layers = layers,
            Tables = [.. Tables.Select(Table)],
            Shards =
            [
                .. Shards.Select(shard => new MoveShard(
                    shard.Node.Name, shard.Number,
                    [.. layers.Where(layer => assignment.ShardOfLayer[layer] == shard.Node.Shard)],
                    [.. layers.Where(layer => assignment.ShardOfLayer[layer] != shard.Node.Shard)])),
            ],
            OlderMayWin = olderMayWin,
        };
    }

    /// <summary>How many rows of each layer lie on a shard that does not hold it.</summary>
    public string Misplaced(RingTable table, int shard)
    {
        var layer = table.Sharding.Layer(table.Pipeline.Into.Ring!);
        var own = ring.Lock!.Current.Assignment.LayersOf(shard);
        return $"SELECT {layer} AS _layer, count() FROM {Quote.Name(naming.Data(table.Pipeline.Into))} "
            + $"WHERE NOT has([{string.Join(", ", own)}]::Array(UInt64), toUInt64(_layer)) GROUP BY _layer ORDER BY _layer FORMAT JSONCompactEachRow";
    }

    private MovedTable Table(RingTable table)
    {
        var (sink, data) = (table.Pipeline.Into, naming.Data(table.Pipeline.Into));
        var objects = Compiler.Compile(project).Where(item => item.Purpose == ObjectPurpose.ReadTable && item.Name == naming.Read(sink)).ToList();
        var plain = $"CREATE OR REPLACE TABLE{objects[0].CreateSql["CREATE TABLE IF NOT EXISTS".Length..]}";
        return new MovedTable(
            data,
            table.Sharding.Layer(sink.Ring!),
            sink.Engine.StartsWith("Replacing", StringComparison.Ordinal) ? sink.OrderBy : [],
            sink.Engine.Contains('(', StringComparison.Ordinal) && !sink.Engine.EndsWith("()", StringComparison.Ordinal),
            string.Join(", ", sink.Settings.Where(setting => MoveSql.MergeSettings.Contains(setting.Key)).Select(setting => $"{Quote.Name(setting.Key)} = {Quote.Setting(setting.Value)}")),
            new MoveReaders(plain, At(plain, data, MovedTable.BeforeOf(data)), At(plain, data, MovedTable.AfterOf(data))),
            [.. project.Fleet.Nodes.Where(node => objects.Any(item => item.Placement.Includes(node))).Select(node => node.Name)]);
    }

    /// <summary>The same table over another one. A mask has no sharding key: no query skips a shard meanwhile.</summary>
    private string At(string plain, ObjectName data, ObjectName mask) => plain.Replace(
        EngineText.Distributed(cluster, data), EngineText.Distributed(cluster, mask), StringComparison.Ordinal) is var pointed && pointed != plain
            ? pointed
            : throw new InvalidOperationException($"the table over {data} skips shards, although rows do not lie in their places");
}
