using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Rings;

/// <summary>Questions to nodes about where the rows of a table on a ring lie.</summary>
public static class PlacementSql
{
    /// <summary>How many rows of a table lie on a shard although the ring would write them to another one.</summary>
    public static string Misplaced(Project project, Pipeline pipeline, Cluster cluster, int shard)
    {
        var expression = new ShardingKey(project.Fleet, pipeline).ForWriting(cluster);
        // Every shard has weight 1 in the declaration, so the value that selects it is its place in the list.
        var slot = Ring.ShardsOf(project.Fleet, cluster).ToList().FindIndex(known => known.Shard == shard);
        return $"SELECT countIf({expression} != {slot}) FROM {Quote.Name(new Naming(project).Data(pipeline.Table!))} FORMAT JSONCompactEachRow";
    }

    /// <summary>How many blocks of a Distributed table wait on the node's disk.</summary>
    public static string Waiting(ObjectName table) =>
        $"SELECT sum(data_files) FROM system.distribution_queue WHERE database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)} FORMAT JSONCompactEachRow";

    /// <summary>The engine clause of a table as the node has it; no row when there is no such table.</summary>
    public static string Engine(ObjectName table) =>
        $"SELECT engine_full FROM system.tables WHERE database = {Quote.Text(table.Database)} AND name = {Quote.Text(table.Name)} FORMAT JSONCompactEachRow";
}
