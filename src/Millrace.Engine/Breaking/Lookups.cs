using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Millrace.Core.Breaking;
using Millrace.Core.Sql;

namespace Millrace.Engine.Breaking;

/// <summary>
/// Reads dictionaries as those that use them do, by key: what a SELECT over a dictionary yields depends on its layout. A cache
/// has nothing until it is asked, and a direct one has every row of its table.
/// </summary>
internal static partial class Lookups
{
    /// <summary>A flat dictionary loads no row at all when one key is larger.</summary>
    private const int LargestFlatKey = 499_999;

    /// <summary>Its rows, for every key of its source; null where a lookup takes more than a key.</summary>
    public static string? Read(ObjectState dictionary)
    {
        var keys = dictionary.LookupKeys;
        var range = RangeOf(dictionary);
        var points = range is null ? null : PointsOf(dictionary.Column(range.Value.From)?.Type ?? "");
        if (keys.IsEmpty || dictionary.Sources.IsEmpty || (!IsByKey(dictionary.Layout) && points is null) || !keys.All(key => dictionary.Column(key) is not null))
            return null;
        var name = Quote.Text($"{dictionary.Name.Database}.{dictionary.Name.Name}");
        var casts = keys.Select(key => $"CAST({Quote.Name(key)} AS {dictionary.Column(key)!.Type})").ToList();
        var asked = dictionary.Layout.StartsWith("ComplexKey", StringComparison.Ordinal) ? $"tuple({string.Join(", ", casts)})" : casts[0];
        if (points is not null)
        {
            var found = dictionary.Shape.Columns.Select(column =>
                keys.IndexOf(column.Name) is var at and >= 0 ? casts[at]
                : column.Name == range!.Value.From || column.Name == range.Value.To ? "toString(point)"
                : $"dictGet({name}, {Quote.Text(column.Name)}, {asked}, point)");
            return $"SELECT {string.Join(", ", found)} FROM (SELECT DISTINCT {string.Join(", ", keys.Select(Quote.Name))} FROM {Quote.Name(dictionary.Sources[0])})"
                + $" ARRAY JOIN [{string.Join(", ", points.Inside.Select(point => $"CAST({Quote.Text(point)} AS {dictionary.Column(range!.Value.From)!.Type})"))}] AS point WHERE dictHas({name}, {asked}, point)";
        }

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

    /// <summary>Where ranges are looked up, every key has two that overlap: which one is found is a matter of the layout.</summary>
    public static ImmutableArray<string> Ranged(World world, ObjectState table, ImmutableArray<string> lines)
    {
        var reader = world.Readers(table).FirstOrDefault(item => item.Engine == "Dictionary" && RangeOf(item) is not null);
        if (reader is null || RangeOf(reader) is not var (from, to) || table.Column(from) is not { } column || table.Column(to) is null || PointsOf(column.Type) is not { } points)
            return lines;
        return [.. lines.Select((line, i) =>
        {
            var row = JsonNode.Parse(line)!.AsObject();
            if (i % 2 == 1)
                foreach (var key in reader.LookupKeys.Where(row.ContainsKey))
                    row[key] = JsonNode.Parse(lines[i - 1])![key]?.DeepClone();
            (row[from], row[to]) = (i % 2 == 0 ? points.Start : points.Middle, points.End);
            return row.ToJsonString();
        })];
    }

    private static (string From, string To)? RangeOf(ObjectState dictionary) =>
        dictionary.Layout.Contains("Range", StringComparison.Ordinal) && Range().Match(dictionary.Shape.CreateQuery) is { Success: true } range
            ? (range.Groups["from"].Value.Trim('`'), range.Groups["to"].Value.Trim('`'))
            : null;

    /// <summary>A long range, where a shorter one begins within it, and points in the one and in both.</summary>
    private static Points? PointsOf(string type) => type.Split('(')[0] switch
    {
        "Date" or "Date32" => new("2026-01-01", "2026-06-01", "2026-12-31", ["2026-03-01", "2026-07-01"]),
        "DateTime" or "DateTime64" => new("2026-01-01 00:00:00", "2026-06-01 00:00:00", "2026-12-31 00:00:00", ["2026-03-01 00:00:00", "2026-07-01 00:00:00"]),
        "UInt16" or "UInt32" or "UInt64" or "Int16" or "Int32" or "Int64" => new("10", "500", "1000", ["100", "700"]),
        _ => null,
    };

    private sealed record Points(string Start, string Middle, string End, ImmutableArray<string> Inside);

    [GeneratedRegex(@" RANGE\(MIN (?<from>\S+) MAX (?<to>[^\s)]+)\)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Range();

    private static bool IsByKey(string layout) =>
        layout is "Flat" or "Direct" or "Cache" or "SSDCache" || layout.EndsWith("Hashed", StringComparison.Ordinal) && !layout.Contains("Range", StringComparison.Ordinal)
        || layout.EndsWith("HashedArray", StringComparison.Ordinal) || layout is "ComplexKeyDirect" or "ComplexKeyCache" or "ComplexKeySSDCache";
}
