using System.Collections.Immutable;
using Millrace.Core.Doctor;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Doctor;

/// <summary>Reads the fullest partition of every table of a node.</summary>
internal static class PartsReader
{
    /// <summary>Fewer parts than this are no pressure under any sensible limit.</summary>
    private const int Least = 5;

    private static readonly string Query = $"""
        SELECT database, table, argMax(partition, parts), max(parts)
        FROM (SELECT database, table, partition, count() AS parts FROM system.parts WHERE active GROUP BY database, table, partition)
        WHERE database NOT IN ('system')
        GROUP BY database, table
        HAVING max(parts) >= {Least}
        ORDER BY database, table
        FORMAT JSONCompactEachRow
        """;

    public static async Task<ReadItems<PartitionParts>> ReadAsync(INodeConnection node, CancellationToken cancel) =>
        Parse(await node.QueryAsync(Query, cancel: cancel));

    private static ReadItems<PartitionParts> Parse(byte[] answer)
    {
        var parts = ImmutableArray.CreateBuilder<PartitionParts>();
        var row = new RowReader(answer);
        while (row.NextRow())
            parts.Add(new PartitionParts(new ObjectName(row.Text(), row.Text()), row.Text(), row.Integer()));
        return new ReadItems<PartitionParts>(parts.ToImmutable());
    }
}
