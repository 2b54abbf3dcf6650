using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>Parts of a staging table, known again by their ids where they were attached, for as long as nothing merges there.</summary>
internal sealed class StagedParts(ShardSession shard, ObjectName stage)
{
    /// <param name="look">Somebody may have attached them before, all or some: none must be there twice.</param>
    public async Task AttachAsync(ObjectName table, bool look, CancellationToken cancel)
    {
        if (look)
        {
            var (staged, found) = await FindAsync(table, cancel);
            if (found.Count == staged)
                return;
            // The server died in the middle of an ATTACH: what it had done is taken back.
            foreach (var name in found)
                await shard.RunAsync($"ALTER TABLE {Quote.Name(table)} DROP PART {Quote.Text(name)}", cancel);
        }

        await shard.RunAsync(BackfillSql.Attach(stage, table), cancel);
    }

    /// <summary>How many there are, and what those are called that a table has.</summary>
    public async Task<(int Staged, IReadOnlyList<string> Found)> FindAsync(ObjectName table, CancellationToken cancel)
    {
        var (staged, attached) = (await IdsAsync(stage, cancel), await IdsAsync(table, cancel));
        return (staged.Count, [.. attached.Where(part => staged.ContainsKey(part.Key)).Select(part => part.Value)]);
    }

    /// <summary>Names of a table's parts by their ids.</summary>
    private async Task<Dictionary<string, string>> IdsAsync(ObjectName table, CancellationToken cancel)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        var row = new RowReader(await shard.Node.Connection.QueryAsync(
            $"""
             SELECT toString(uuid), name FROM system.parts
             WHERE active AND database = {Quote.Text(table.Database)} AND table = {Quote.Text(table.Name)} AND uuid != toUUID('00000000-0000-0000-0000-000000000000')
             FORMAT JSONCompactEachRow
             """,
            cancel: cancel));
        while (row.NextRow())
            parts[row.Text()] = row.Text();
        return parts;
    }
}
