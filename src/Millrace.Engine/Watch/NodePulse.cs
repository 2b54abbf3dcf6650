using System.Text;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Watch;

/// <summary>One short answer that tells whether anything on a node has changed.</summary>
internal static class NodePulse
{
    private const string Query = $"""
        SELECT concat(toString(count()), ' ', hex(groupBitXor(sipHash64(database, name, engine, create_table_query, comment))))
        FROM system.tables WHERE {Inventory.Scope} FORMAT TSVRaw
        """;

    /// <returns>A text that is the same as long as the node holds the same objects.</returns>
    public static async Task<string> ReadAsync(INodeConnection node, TimeSpan patience, CancellationToken cancel) =>
        Encoding.UTF8.GetString(await node.QueryAsync(Query, new StatementOptions { Timeout = patience }, cancel));
}
