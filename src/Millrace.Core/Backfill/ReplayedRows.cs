using System.Globalization;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Backfill;

/// <summary>Rows of a shard that were read again from their topics, and which of them had been there at the cut.</summary>
/// <param name="Condition">As SQL over the stored offsets.</param>
public sealed record ReplayedRows(ObjectName Table, string Condition)
{
    /// <param name="ends">Per topic and partition the offset after the last row that had been there.</param>
    public static ReplayedRows Of(ObjectName table, IEnumerable<KeyValuePair<(string Topic, long Partition), long>> ends)
    {
        var parts = ends.Where(end => end.Value > 0).OrderBy(end => end.Key)
            .Select(end => string.Create(CultureInfo.InvariantCulture, $"(_topic = {Quote.Text(end.Key.Topic)} AND _partition = {end.Key.Partition} AND _offset < {end.Value})"))
            .ToList();
        return new ReplayedRows(table, parts.Count == 0 ? "0" : $"({string.Join(" OR ", parts)})");
    }
}
