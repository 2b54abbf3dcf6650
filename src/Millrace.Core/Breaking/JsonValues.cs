using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking;

/// <summary>
/// JSON values as SQL expressions, with every path that anybody names. A path that its type leaves open has what messages
/// bring of the kind that somebody expects there: whole numbers for <c>UInt8</c>, texts for <c>FixedString(2)</c>.
/// </summary>
internal static class JsonValues
{
    private const int MostPaths = 40;
    private const int MostValues = 20;

    public static IEnumerable<string> Of(string type, ImmutableArray<JsonPath> named)
    {
        var own = JsonPath.In(type).Where(path => path.Type is not null).DistinctBy(path => path.Name).ToDictionary(path => path.Name, path => BoundaryValues.Of(path.Type!), StringComparer.Ordinal);
        var paths = own.Concat(named.Where(path => !own.ContainsKey(path.Name)).OrderBy(path => path.Type is null).DistinctBy(path => path.Name)
                .Select(path => KeyValuePair.Create(path.Name, Brought(path.Type))))
            .Where(path => path.Value.Length > 0).Take(MostPaths).ToList();
        if (!own.ContainsKey("other") && paths.TrueForAll(path => path.Key != "other"))
            paths.Add(KeyValuePair.Create("other", Brought(null)));
        // A path cannot be a value and hold others.
        paths.RemoveAll(path => paths.Exists(deeper => deeper.Key.StartsWith($"{path.Key}.", StringComparison.Ordinal)));
        return Enumerable.Range(0, Math.Min(MostValues, paths.Max(path => path.Value.Length)))
            .Select(i => $"concat('{{'{string.Concat(paths.Select((path, at) => $", {Quote.Text($"{(at == 0 ? "" : ",")}{JsonSerializer.Serialize(path.Key)}:")}, ifNull(toJSONString({path.Value[i % path.Value.Length]}), 'null')"))}, '}}')");
    }

    /// <summary>What comes at a path of no type of its own, where somebody counts on a type.</summary>
    private static ImmutableArray<string> Brought(string? type)
    {
        if (type is null)
            return ["CAST(300 AS Int64)", "'text'"];
        var inner = TypeText.Unwrap(type, "Nullable") ?? TypeText.Unwrap(type, "LowCardinality");
        if (inner is not null)
            return Brought(inner);
        if (TypeText.Unwrap(type, "Array") is { } item)
            return [.. Brought(item).Select(value => $"[{value}]")];
        if (type.StartsWith("UInt", StringComparison.Ordinal))
            return Whole(300, 1, 70_000, 5_000_000_000, 0);
        if (type.StartsWith("Int", StringComparison.Ordinal))
            return Whole(300, -5, 70_000, 5_000_000_000, 0);
        return type.Split('(')[0] switch
        {
            "String" or "FixedString" => ["'text'", "'a longer text than most columns of a fixed width take'"],
            "Float32" or "Float64" or "Decimal" => ["1.5", "CAST(300 AS Int64)"],
            "Date" or "Date32" => ["'2026-01-02'"],
            "DateTime" or "DateTime64" => ["'2026-01-02 03:04:05'"],
            "Bool" or "UUID" or "IPv4" or "IPv6" or "Enum8" or "Enum16" => BoundaryValues.Of(type),
            _ => [],
        };
    }

    private static ImmutableArray<string> Whole(params long[] numbers) =>
        [.. numbers.Select(number => $"CAST({number.ToString(CultureInfo.InvariantCulture)} AS Int64)")];
}
