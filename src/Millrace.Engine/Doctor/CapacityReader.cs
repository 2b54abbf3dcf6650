using System.Globalization;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Doctor;

/// <summary>Reads cores, thread pools and part limits of a node.</summary>
internal static class CapacityReader
{
    // Cores: the default of max_threads reads `auto(8)` wherever it is not limited further.
    private const string Query = """
        SELECT
          extract((SELECT any(default) FROM system.settings WHERE name = 'max_threads'), '\\d+'),
          (SELECT max(toString(value)) FROM system.server_settings WHERE name = 'background_message_broker_schedule_pool_size'),
          (SELECT max(toString(value)) FROM system.server_settings WHERE name = 'background_schedule_pool_max_parallel_tasks_per_type_ratio'),
          (SELECT max(toString(value)) FROM system.merge_tree_settings WHERE name = 'parts_to_delay_insert')
        FORMAT JSONCompactEachRow
        """;

    public static async Task<NodeCapacity> ReadAsync(INodeConnection node, CancellationToken cancel) =>
        Parse(await node.QueryAsync(Query, cancel: cancel));

    private static NodeCapacity Parse(byte[] answer)
    {
        var row = new RowReader(answer);
        row.NextRow();
        return new NodeCapacity((int?)Whole(row.Text()), (int?)Whole(row.Text()), Share(row.Text()), Whole(row.Text()));
    }

    private static long? Whole(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var value) ? value : null;

    private static double? Share(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;
}
