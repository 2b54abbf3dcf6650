using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Puts right what an INSERT did that looked for its tables in the very instant of the exchange. Both of its chains of views
/// wrote the same parts, only not one to each table: so of every two parts of the same content the new table must have one.
/// Merges rest from before the exchange until this is done; where a part is gone all the same, nothing is touched.
/// </summary>
internal sealed class ExchangeRepair(ShardSession shard)
{
    private static readonly ImmutableDictionary<string, string> Copying =
        ImmutableDictionary<string, string>.Empty.Add("insert_deduplicate", "0").Add("optimize_on_insert", "0").Add("async_insert", "0").Add("max_partitions_per_insert_block", "0");

    /// <summary>May be done again after a crash.</summary>
    /// <returns>What could not be put right.</returns>
    public async Task<IReadOnlyList<OneSidedInsert>> MendAsync(IReadOnlyList<OneSidedInsert> odd, CancellationToken cancel)
    {
        var left = new List<OneSidedInsert>();
        var originals = (await shard.Store.ReadAsync(cancel)).TargetIds;
        foreach (var inserts in odd.GroupBy(insert => insert.Target))
        {
            var lacking = new List<string>();
            foreach (var insert in inserts)
            {
                if (Halve(await PartsAsync(insert, originals[insert.Target.Table.ToString()], cancel)) is not var (tooMany, tooFew))
                    left.Add(insert);
                else
                {
                    foreach (var part in tooMany)
                        await shard.RunAsync($"ALTER TABLE {Quote.Name(insert.Target.Table)} DROP PART {Quote.Text(part)}", cancel);
                    lacking.AddRange(tooFew);
                }
            }

            if (lacking.Count > 0)
                await CopyAsync(inserts.Key, lacking, cancel);
        }

        var mended = odd.Select(insert => insert.Query).Except(left.Select(insert => insert.Query)).Count();
        if (mended > 0)
            shard.Listener.Note(shard.Node.Name, $"{mended} INSERTs that started in the instant of the exchange were put right");
        return left;
    }

    /// <summary>Parts that the new table has too many, and those of the old one that it lacks; null when parts are missing or do not pair.</summary>
    private static (ImmutableArray<string> TooMany, ImmutableArray<string> TooFew)? Halve(IReadOnlyList<Part> parts)
    {
        var (tooMany, tooFew) = (ImmutableArray.CreateBuilder<string>(), ImmutableArray.CreateBuilder<string>());
        foreach (var same in parts.OrderBy(part => part.Name, StringComparer.Ordinal).GroupBy(part => part.Content))
        {
            var fresh = same.Where(part => part.IsNew).ToList();
            var (wanted, there) = (same.Count() / 2, fresh.Where(part => part.IsActive).ToList());
            // One that is not active any more was merged, or dropped here before a crash.
            if (same.Key.Length == 0 || same.Count() % 2 != 0 || there.Count < Math.Min(wanted, fresh.Count) || same.Any(part => !part.IsNew && !part.IsActive))
                return null;
            tooMany.AddRange(there.Skip(wanted).Select(part => part.Name));
            tooFew.AddRange(same.Where(part => !part.IsNew).Take(Math.Max(0, wanted - fresh.Count)).Select(part => part.Name));
        }

        return (tooMany.ToImmutable(), tooFew.ToImmutable());
    }

    /// <summary>What the INSERT wrote to both tables; a part that is gone has no content.</summary>
    private async Task<List<Part>> PartsAsync(OneSidedInsert insert, string original, CancellationToken cancel)
    {
        var (table, old) = (insert.Target.Table, shard.Sql.Names.Shadow(insert.Target));
        var current = $"(SELECT uuid FROM system.tables WHERE database = {Quote.Text(table.Database)} AND name = {Quote.Text(table.Name)})";
        var parts = new List<Part>();
        var row = new RowReader(await shard.Node.Connection.QueryAsync(
            $"""
             SELECT part_name, toUInt8(is_new), toUInt8(active), content FROM
             (
               SELECT DISTINCT part_name, table_uuid = {current} AS is_new FROM system.part_log
               WHERE event_type = 'NewPart' AND error = 0 AND query_id = {Quote.Text(insert.Query)} AND partition_id = {Quote.Text(insert.Partition)}
                 AND (table_uuid = {current} OR table_uuid = toUUID({Quote.Text(original)}))
             ) AS written
             LEFT JOIN
             (
               SELECT name AS part_name, (database, table) = ({Quote.Text(table.Database)}, {Quote.Text(table.Name)}) AS is_new, active, concat(toString(rows), ' ', hash_of_uncompressed_files) AS content
               FROM system.parts WHERE (database, table) IN (({Quote.Text(table.Database)}, {Quote.Text(table.Name)}), ({Quote.Text(old.Database)}, {Quote.Text(old.Name)}))
             ) AS present USING (part_name, is_new)
             FORMAT JSONCompactEachRow
             """,
            cancel: cancel));
        while (row.NextRow())
            parts.Add(new Part(row.Text(), row.Integer() == 1, row.Integer() == 1, row.Text()));
        return parts;
    }

    /// <summary>Into a table of its own first, whose parts are known again: no views fire, and a crash does not double them.</summary>
    private async Task CopyAsync(BackfillTarget target, List<string> parts, CancellationToken cancel)
    {
        var (old, copy) = (shard.Sql.Names.Shadow(target), shard.Sql.Names.Lacking(target));
        var staged = new StagedParts(shard, copy);
        if ((await staged.FindAsync(target.Table, cancel)).Found.Count == 0)
        {
            await shard.RunAsync(BackfillSql.Drop(copy), cancel);
            await shard.RunAsync(BackfillSql.Empty(old, copy, await shard.HasTtlAsync(old, cancel)), cancel);
            await shard.FillAsync($"INSERT INTO {Quote.Name(copy)} SELECT * FROM {Quote.Name(old)} WHERE _part IN ({string.Join(", ", parts.Select(Quote.Text))})", Copying, cancel);
        }

        await staged.AttachAsync(target.Table, look: true, cancel);
    }

    private sealed record Part(string Name, bool IsNew, bool IsActive, string Content);
}
