using Millrace.Core.Breaking;
using Millrace.Core.Sql;

namespace Millrace.Engine.Breaking;

/// <summary>
/// Reads dictionaries as those that use them do, by key: what a SELECT over a dictionary yields depends on its layout. A cache
/// has nothing until it is asked, and a direct one has every row of its table.
/// </summary>
internal static class Lookups
{
    /// <summary>A flat dictionary loads no row at all when one key is larger.</summary>
    private const int LargestFlatKey = 499_999;

    /// <summary>Its rows, for every key of its source; null where a lookup takes more than a key.</summary>
    public static string? Read(ObjectState dictionary)
    {
        var keys = dictionary.LookupKeys;
        if (keys.IsEmpty || dictionary.Sources.IsEmpty || !IsByKey(dictionary.Layout) || !keys.All(key => dictionary.Column(key) is not null))
            return null;
        var name = Quote.Text($"{dictionary.Name.Database}.{dictionary.Name.Name}");
        var casts = keys.Select(key => $"CAST({Quote.Name(key)} AS {dictionary.Column(key)!.Type})").ToList();
        var asked = dictionary.Layout.StartsWith("ComplexKey", StringComparison.Ordinal) ? $"tuple({string.Join(", ", casts)})" : casts[0];
        var values = dictionary.Shape.Columns.Select((column, i) =>
            keys.IndexOf(column.Name) is var at and >= 0 ? casts[at] : $"dictGet({name}, {Quote.Text(column.Name)}, {asked})");
        return $"SELECT {string.Join(", ", values)} FROM (SELECT DISTINCT {string.Join(", ", keys.Select(Quote.Name))} FROM {Quote.Name(dictionary.Sources[0])}) WHERE dictHas({name}, {asked})";
    }

    /// <summary>Rows that every layout understands alike, as a clause of the SELECT that makes them: one a key, and small keys for those that are flat.</summary>
    public static string RowsFor(World world, ObjectState table)
    {
        var readers = world.Readers(table)
            .Where(item => item.Engine == "Dictionary" && !item.LookupKeys.IsEmpty && IsByKey(item.Layout) && item.LookupKeys.All(key => table.Column(key) is not null)).ToList();
        var small = readers.Where(item => item.Layout == "Flat").Select(item => $"{Quote.Name(item.LookupKeys[0])} BETWEEN 0 AND {LargestFlatKey}").Distinct().ToList();
        var where = small.Count == 0 ? "" : $" WHERE {string.Join(" AND ", small)}";
        return readers.Count == 0 ? "" : $"{where} LIMIT 1 BY {string.Join(", ", readers[0].LookupKeys.Select(Quote.Name))}";
    }

    private static bool IsByKey(string layout) =>
        layout is "Flat" or "Direct" or "Cache" or "SSDCache" || layout.EndsWith("Hashed", StringComparison.Ordinal) && !layout.Contains("Range", StringComparison.Ordinal)
        || layout.EndsWith("HashedArray", StringComparison.Ordinal) || layout is "ComplexKeyDirect" or "ComplexKeyCache" or "ComplexKeySSDCache";
}
