using System.Collections.Immutable;
using Millrace.Core.Lineage;

namespace Millrace.Core.Breaking;

/// <summary>Which columns of the tables that rows come into decide where a row of another table belongs: its key, and whether it comes at all.</summary>
public sealed class EntryColumns
{
    private readonly HashSet<(string Item, string Column)> _deciding = [];

    /// <param name="edges">Those of the world, by where they end: <see cref="EdgesOf"/>.</param>
    public EntryColumns(World world, ILookup<string, ColumnEdge> edges, ObjectState table)
    {
        var open = new Queue<(string Item, string Column)>(table.KeyColumns.Select(column => (LineageBuilder.IdOf(table.Ref), column)));
        foreach (var item in Flow.Upstream(world, table))
            open.Enqueue((LineageBuilder.IdOf(item.Ref), ""));
        while (open.TryDequeue(out var at))
            if (_deciding.Add(at))
                foreach (var edge in edges[at.Item].Where(edge => edge.ToColumn == at.Column))
                    open.Enqueue((edge.From, edge.FromColumn));
    }

    /// <summary>Which column comes from which, for all tables of a world.</summary>
    public static ILookup<string, ColumnEdge> EdgesOf(World world) =>
        new LineageBuilder(world, collection => collection, _ => null).Build().ColumnEdges.ToLookup(edge => edge.To);

    /// <summary>The columns of an entry that may differ between two rows which meet in one.</summary>
    public ImmutableArray<string> Free(ObjectState entry) =>
        [.. entry.Shape.Columns.Where(Conversions.TakesValues).Select(column => column.Name).Where(column => !_deciding.Contains((LineageBuilder.IdOf(entry.Ref), column)))];
}
