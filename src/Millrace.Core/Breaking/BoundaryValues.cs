using System.Collections.Immutable;
using System.Globalization;
using System.Numerics;
using Millrace.Core.Planning;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking;

/// <summary>
/// Values at the edges of a type, as SQL literals that the engine casts to it. Those that make the best example come
/// first. A type that is not known here has none: random values of the engine's own making stand in.
/// </summary>
public static class BoundaryValues
{
    private static readonly string[] Texts =
        ["text", "300", "-5", "1.5", "", "2026-01-02 03:04:05", "a longer text than most columns of a fixed width take", "naïve ✓", "true"];

    private static readonly BigInteger[] Numbers =
        [.. new long[] { 300, -5, 1, 0, 70_000, 5_000_000_000, 127, 128, 255, 256, 32_768, 65_536, 2_147_483_648, 4_294_967_296, 1_700_000_000_000 }
            .Select(number => new BigInteger(number))];

    /// <summary>What readers of messages make of numbers and texts.</summary>
    private static readonly string[] Dynamic = ["CAST(300 AS Int64)", "'text'", "CAST(-5 AS Int64)", "1.5", "CAST(5000000000 AS Int64)", "'2026-01-02 03:04:05'", "true", "NULL"];

    /// <summary>SQL expressions of exactly the type <paramref name="type"/>.</summary>
    /// <param name="json">Paths that JSON values should have beside those of their type.</param>
    public static ImmutableArray<string> Of(string type, params ImmutableArray<JsonPath> json) =>
        [.. Plain(type, json, 0).Select(value => $"CAST({value} AS {type})")];

    private static IEnumerable<string> Plain(string type, ImmutableArray<JsonPath> json, int depth)
    {
        if (depth > 4)
            return [];
        if (TypeText.Unwrap(type, "Nullable") is { } nullable)
            return Plain(nullable, json, depth + 1).Append("NULL");
        if (TypeText.Unwrap(type, "LowCardinality") is { } dictionary)
            return Plain(dictionary, json, depth + 1);
        if (TypeText.Unwrap(type, "SimpleAggregateFunction") is { } simple)
            return Plain(EngineClauses.TopLevelSplit(simple).Last().Trim(), json, depth + 1);
        if (TypeText.Unwrap(type, "Array") is { } item)
            return Few(Of(item, json), 6).Select(value => $"[{value}]").Append("[]");
        if (TypeText.Unwrap(type, "Variant") is { } variant)
            return EngineClauses.TopLevelSplit(variant).SelectMany(member => Few(Of(member.Trim(), json), 4)).Append("NULL");
        if (type == "Dynamic" || TypeText.Unwrap(type, "Dynamic") is not null)
            return Dynamic;
        if (type == "JSON" || TypeText.Unwrap(type, "JSON") is not null)
            return JsonValues.Of(type, json);
        if (TypeText.Unwrap(type, "Map") is { } map)
            return OfMap([.. EngineClauses.TopLevelSplit(map)], json);
        if (TypeText.Unwrap(type, "Tuple") is { } tuple)
            return OfTuple([.. EngineClauses.TopLevelSplit(tuple)], json);
        return TypeText.Unwrap(type, "AggregateFunction") is { } state ? States([.. EngineClauses.TopLevelSplit(state)]) : Scalar(type);
    }

    /// <summary>States of an aggregate function over a few values of each argument.</summary>
    private static IEnumerable<string> States(string[] parts)
    {
        var (call, arguments) = (parts[0].Trim(), parts.Skip(1).Select(part => Of(part.Trim())).ToList());
        if (arguments.Any(values => values.IsEmpty))
            return [];
        var open = call.IndexOf('(', StringComparison.Ordinal);
        var function = open < 0 ? $"{call}State" : $"{call[..open]}State{call[open..]}";
        if (arguments.Count == 0)
            return Enumerable.Range(1, 3).Select(count => $"arrayReduce({Quote.Text(function)}, range({count}))");
        return Enumerable.Range(0, 3).Select(i =>
            $"arrayReduce({Quote.Text(function)}{string.Concat(arguments.Select(values => $", [{values[i % values.Length]}]"))})");
    }

    /// <summary>The first ones and the last: that is NULL, where a type has it.</summary>
    private static IEnumerable<T> Few<T>(IEnumerable<T> values, int count) => values.ToList() is var all && all.Count > count ? all.Take(count - 1).Append(all[^1]) : all;

    private static IEnumerable<string> OfMap(string[] types, ImmutableArray<JsonPath> json)
    {
        if (types.Length != 2)
            return [];
        var (keys, values) = (Of(types[0].Trim()), Of(types[1].Trim(), json));
        return keys.IsEmpty || values.IsEmpty
            ? []
            : Few(Enumerable.Range(0, Math.Max(keys.Length, values.Length)), 8)
                .Select(i => $"map({keys[i % keys.Length]}, {values[i % values.Length]})")
                .Append("map()");
    }

    private static IEnumerable<string> OfTuple(string[] elements, ImmutableArray<JsonPath> json)
    {
        var values = elements.Select(element => Of(WithoutName(element.Trim()), json)).ToList();
        return values.Any(list => list.IsEmpty)
            ? []
            : Enumerable.Range(0, values.Max(list => list.Length))
                .Select(i => $"tuple({string.Join(", ", values.Select(list => list[i % list.Length]))})");
    }

    /// <summary>An element of a named tuple is its name and its type.</summary>
    private static string WithoutName(string element)
    {
        var space = element.IndexOf(' ', StringComparison.Ordinal);
        var bracket = element.IndexOf('(', StringComparison.Ordinal);
        return space > 0 && (bracket < 0 || space < bracket) ? element[(space + 1)..].Trim() : element;
    }

    private static IEnumerable<string> Scalar(string type)
    {
        var name = type.Split('(')[0];
        return name switch
        {
            "String" => Texts.Select(Quote.Text),
            "FixedString" => FixedTexts(Arguments(type)),
            "Bool" => ["true", "false"],
            "Enum8" or "Enum16" => Members(type),
            "UUID" => Quoted("61f0c404-5cb3-11e7-907b-a6006ad3dba0", "00000000-0000-0000-0000-000000000000"),
            "IPv4" => Quoted("203.0.113.9", "0.0.0.0", "255.255.255.255"),
            "IPv6" => Quoted("2001:db8::1", "::", "::ffff:203.0.113.9"),
            "Date" => Quoted("2026-01-02", "1970-01-01", "2149-06-06"),
            "Date32" => Quoted("2026-01-02", "1900-01-01", "2299-12-31", "1969-12-31"),
            "DateTime" => Quoted("2026-01-02 03:04:05", "1970-01-01 00:00:00", "2106-02-07 06:28:15"),
            "DateTime64" => Moments(Arguments(type)),
            "Decimal" => Decimals(Arguments(type)),
            "Float32" => ["1.5", "0.1", "-5", "300", "1e30", "0"],
            "Float64" => ["1.5", "0.1", "-5", "300", "16777217", "9007199254740993", "1e300", "0"],
            _ when Bits(name) is var (signed, bits) => Integers(signed, bits),
            _ => [],
        };
    }

    private static IEnumerable<string> Integers(bool signed, int bits)
    {
        var max = BigInteger.Pow(2, signed ? bits - 1 : bits) - 1;
        var min = signed ? -BigInteger.Pow(2, bits - 1) : BigInteger.Zero;
        return Numbers.Append(max).Append(min).Where(number => number >= min && number <= max).Distinct()
            .Select(number => Quote.Text(number.ToString(CultureInfo.InvariantCulture)));
    }

    private static (bool Signed, int Bits)? Bits(string name)
    {
        var signed = name.StartsWith("Int", StringComparison.Ordinal);
        var digits = signed ? name[3..] : name.StartsWith("UInt", StringComparison.Ordinal) ? name[4..] : "";
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var bits) ? (signed, bits) : null;
    }

    private static IEnumerable<string> Decimals(string[] arguments)
    {
        if (arguments.Length != 2 || !int.TryParse(arguments[0], out var precision) || !int.TryParse(arguments[1], out var scale))
            return [];
        var whole = new string('9', precision - scale);
        var nines = scale == 0 ? whole : $"{(whole.Length == 0 ? "0" : whole)}.{new string('9', scale)}";
        var smallest = scale == 0 ? "1" : $"0.{new string('0', scale - 1)}1";
        var mixed = scale == 0 ? "" : $"0.{"123456789012345678901234567890"[..Math.Min(scale, 30)]}";
        return Quoted([.. new[] { mixed, nines, $"-{nines}", smallest, "0" }.Where(text => text.Length > 0)]);
    }

    private static string[] Moments(string[] arguments)
    {
        var scale = arguments.Length > 0 && int.TryParse(arguments[0], out var digits) ? digits : 3;
        var fraction = scale == 0 ? "" : $".{"123456789"[..Math.Min(scale, 9)]}";
        var latest = scale > 8 ? "2262-04-11 23:47:16" : "2299-12-31 23:59:59";
        return Quoted($"2026-01-02 03:04:05{fraction}", "1970-01-01 00:00:00", "2150-01-02 03:04:05", latest, scale > 8 ? "1910-01-01 00:00:00" : "1900-01-01 00:00:00");
    }

    private static string[] FixedTexts(string[] arguments) =>
        arguments.Length == 1 && int.TryParse(arguments[0], out var width)
            ? Quoted(string.Concat(Enumerable.Range(0, Math.Min(width, 64)).Select(i => (char)('a' + i % 26))), "a")
            : [];

    /// <summary>The names in <c>Enum8('a' = 1, 'b' = 2)</c>, as they stand.</summary>
    private static IEnumerable<string> Members(string type) =>
        EngineClauses.TopLevelSplit(TypeText.Unwrap(type, type.Split('(')[0]) ?? "")
            .Select(member => member[..Math.Max(0, member.LastIndexOf(" = ", StringComparison.Ordinal))].Trim())
            .Where(member => member.Length > 0)
            .Reverse().Take(40);

    private static string[] Arguments(string type)
    {
        var (open, close) = (type.IndexOf('('), type.LastIndexOf(')'));
        return open < 0 ? [] : [.. EngineClauses.TopLevelSplit(type[(open + 1)..close]).Select(part => part.Trim().Trim('\''))];
    }

    private static string[] Quoted(params string[] values) => [.. values.Select(Quote.Text)];
}
