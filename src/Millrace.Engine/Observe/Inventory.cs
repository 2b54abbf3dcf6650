using Millrace.Core.Backfill;
using Millrace.Core.Journal;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Observe;

/// <summary>The objects of one node by fingerprint: enough to tell whether anything is new, and cheap to read.</summary>
/// <param name="Entries">Fingerprints; the name only where the cache could not give the shape.</param>
/// <param name="Key">The same for every node that holds the same objects.</param>
internal sealed record Inventory(List<(Fingerprint Print, ObjectName? Unknown)> Entries, UInt128 Key)
{
    /// <summary>What Millrace looks at: everything that is not the server's own, or Millrace's journal, locks and backfills.</summary>
    public const string Scope =
        $"database NOT IN ({ServerDatabases.Names}, '{BackfillNames.Database}') AND NOT is_temporary AND NOT {JournalTable.IsOwn}";

    private const string Query =
        $"SELECT {Fingerprint.Sql}, database, name FROM system.tables WHERE {Scope} FORMAT JSONCompactEachRow";

    public static async Task<Inventory> ReadAsync(INodeConnection node, ObjectShapeCache cache, CancellationToken cancel)
    {
        var entries = new List<(Fingerprint, ObjectName?)>();
        UInt128 key = 0;
        Parse(await node.QueryAsync(Query, cancel: cancel), cache, entries, ref key);
        return new Inventory(entries, key);
    }

    private static void Parse(
        byte[] answer, ObjectShapeCache cache, List<(Fingerprint, ObjectName?)> entries, ref UInt128 key)
    {
        var pool = new TextPool();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            var print = Fingerprint.Parse(row.RawText());
            entries.Add((print, cache.Knows(print) ? null : new ObjectName(row.Text(pool), row.Text())));
            key ^= print.Value;
        }
    }
}
