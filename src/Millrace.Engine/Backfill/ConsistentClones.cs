using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Clones of tables as they all were at one quiet moment. The moment is short, for only block numbers are noted in it;
/// cloning follows at leisure, and parts that came later are taken out again. Merges rest meanwhile, so that no part holds
/// rows of both sides; since a restart or a person may start them, the result is looked at, not trusted.
/// </summary>
/// <param name="tables">What is cloned, and into which empty table.</param>
internal sealed class ConsistentClones(ShardSession shard, ImmutableArray<(ObjectName From, ObjectName Clone)> tables)
{
    /// <returns>False when no quiet moment was found in time, or when it was lost to a merge; the clones are good for nothing then.</returns>
    /// <param name="act">Done in the same moment; it should be short.</param>
    /// <param name="undo">Takes that back when an INSERT slipped in or a merge spoilt the clones; tells whether to try again in place.</param>
    public async Task<bool> TakeAsync(TimeSpan patience, Func<Task> act, Func<Task<bool>> undo, CancellationToken cancel)
    {
        var newest = new long[tables.Length];
        try
        {
            foreach (var (from, _) in tables)
                await shard.RunAsync($"SYSTEM STOP MERGES {Quote.Name(from)}", cancel);
            var taken = await shard.Quiet.TryAsync(
                patience,
                async () =>
                {
                    for (var i = 0; i < tables.Length; i++)
                        newest[i] = await shard.NumberAsync($"SELECT max(max_block_number) FROM system.parts WHERE {Is(tables[i].From)}", cancel);
                    await act();
                },
                undo, cancel);
            for (var i = 0; taken && i < tables.Length; i++)
                taken = await CloneAsync(tables[i].From, tables[i].Clone, newest[i], cancel) || !await GiveUpAsync(undo);
            return taken;
        }
        finally
        {
            await StartMergesAsync(shard, tables.Select(table => table.From));
        }
    }

    /// <summary>Also after a crash: a runner that died in here had stopped them.</summary>
    public static async Task StartMergesAsync(ShardSession shard, IEnumerable<ObjectName> names)
    {
        foreach (var name in names)
            await shard.RunAsync($"SYSTEM START MERGES {Quote.Name(name)}", CancellationToken.None);
    }

    private static async Task<bool> GiveUpAsync(Func<Task<bool>> undo)
    {
        await undo();
        return true;
    }

    /// <returns>False when merges ran after all, so that what was there at the moment cannot be told any more.</returns>
    private async Task<bool> CloneAsync(ObjectName from, ObjectName clone, long newest, CancellationToken cancel)
    {
        await shard.RunAsync(BackfillSql.Attach(from, clone), cancel);
        // Parts are known by their content. Equal content is interchangeable, so counting it is exact.
        var wanted = (await PartsAsync(from, $"max_block_number <= {newest}", cancel)).CountBy(part => part.Content).ToDictionary();
        foreach (var part in await PartsAsync(clone, "1", cancel))
        {
            var left = wanted.GetValueOrDefault(part.Content);
            if (left == 0)
                await shard.RunAsync($"ALTER TABLE {Quote.Name(clone)} DROP PART {Quote.Text(part.Name)}", cancel);
            else
                wanted[part.Content] = left - 1;
        }

        return wanted.Values.All(left => left == 0)
            && (await PartsAsync(from, $"min_block_number <= {newest} AND max_block_number > {newest}", cancel)).Count == 0;
    }

    private async Task<List<(string Content, string Name)>> PartsAsync(ObjectName table, string condition, CancellationToken cancel)
    {
        var parts = new List<(string, string)>();
        var row = new RowReader(await shard.Node.Connection.QueryAsync(
            $"SELECT concat(partition_id, ' ', hash_of_all_files), name FROM system.parts WHERE active AND {Is(table)} AND {condition} FORMAT JSONCompactEachRow", cancel: cancel));
        while (row.NextRow())
            parts.Add((row.Text(), row.Text()));
        return parts;
    }

    private static string Is(ObjectName table) => $"database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)}";
}
