using System.Collections.Immutable;
using Millrace.Core.Doctor;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Doctor;

/// <summary>Reads how the replicated tables of a node are doing; only columns for which the server need not ask Keeper.</summary>
internal static class ReplicaReader
{
    private const string Query = """
        SELECT database, table, is_readonly, absolute_delay, queue_size, toValidUTF8(zookeeper_exception)
        FROM system.replicas
        WHERE is_readonly OR absolute_delay > 0
        ORDER BY database, table
        FORMAT JSONCompactEachRow
        """;

    public static async Task<ReadItems<ReplicaState>> ReadAsync(INodeConnection node, CancellationToken cancel) =>
        Parse(await node.QueryAsync(Query, cancel: cancel));

    private static ReadItems<ReplicaState> Parse(byte[] answer)
    {
        var replicas = ImmutableArray.CreateBuilder<ReplicaState>();
        var row = new RowReader(answer);
        while (row.NextRow())
            replicas.Add(new ReplicaState(new ObjectName(row.Text(), row.Text()), row.Flag(), TimeSpan.FromSeconds(row.Integer()), row.Integer(), row.Text()));
        return new ReadItems<ReplicaState>(replicas.ToImmutable());
    }
}
