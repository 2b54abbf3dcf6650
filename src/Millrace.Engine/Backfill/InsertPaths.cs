using System.Collections.Immutable;
using Millrace.Core.Backfill;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// What INSERTs on a node may name when their rows reach some tables. One through a Distributed table of the node
/// itself is listed under that name only: the server writes to its own shard without a statement of its own.
/// </summary>
internal static class InsertPaths
{
    private static readonly string Streaming = string.Join(", ", StreamEngines.All.Select(Quote.Text));

    /// <summary>Other paths than a job knows of: a Distributed table over a Buffer table over a source is the longest that makes sense.</summary>
    private const int MostHops = 4;

    /// <exception cref="UserErrorException">Rows come from a table whose INSERTs cannot be seen.</exception>
    public static async Task<QuietMoment> FindAsync(ImmutableArray<ObjectName> tables, string job, StorageNode node, CancellationToken cancel)
    {
        var names = tables;
        for (var hop = 0; hop < MostHops; hop++)
        {
            var over = string.Join(" OR ", names.Select(name => $"position(engine_full, {Quote.Text($"{Quote.Text(name.Database)}, {Quote.Text(name.Name)}")}) > 0"));
            var more = await NamesAsync(node, $"engine IN ('Distributed', 'Buffer') AND ({over})", cancel);
            if (more.All(names.Contains))
                break;
            names = [.. names.Union(more)];
        }

        var writers = $"engine = 'MaterializedView' AND database != '{BackfillNames.Database}' AND ("
            + string.Join(" OR ", names.Select(name => $"position(create_table_query, {Quote.Text($" TO {Quote.Name(name)} ")}) > 0")) + ")";
        var unseen = NamesAsync(
            node, $"engine IN ({Streaming}) AND arrayExists((d, t) -> (d, t) IN (SELECT database, name FROM system.tables WHERE {writers}), dependencies_database, dependencies_table)", cancel);
        var among = string.Join(", ", names.Select(name => $"({Quote.Text(name.Database)}, {Quote.Text(name.Name)})"));
        var strangers = NamesAsync(
            node, $"{writers} AND (database, name) NOT IN (SELECT arrayJoin(arrayZip(dependencies_database, dependencies_table)) FROM system.tables WHERE (database, name) IN ({among}))", cancel);
        await Task.WhenAll(unseen, strangers);
        if ((await unseen).FirstOrDefault() is { } stream)
            throw new UserErrorException(
                $"{node.Name}: {stream} consumes on the storage node itself, into {string.Join(", ", tables)}. What it inserts is not in system.processes, so it is not known when none runs. Let an ingestion node consume it, or DETACH it meanwhile");
        return new QuietMoment(node, tables, [.. names.Select(name => name.Name).Distinct()], job, (await strangers).Count > 0);
    }

    private static async Task<List<ObjectName>> NamesAsync(StorageNode node, string condition, CancellationToken cancel)
    {
        var names = new List<ObjectName>();
        var row = new RowReader(await node.Connection.QueryAsync($"SELECT database, name FROM system.tables WHERE {condition} ORDER BY ALL FORMAT JSONCompactEachRow", cancel: cancel));
        while (row.NextRow())
            names.Add(new ObjectName(row.Text(), row.Text()));
        return names;
    }
}
