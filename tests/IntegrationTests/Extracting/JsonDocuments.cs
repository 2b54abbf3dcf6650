using System.Text;
using FsCheck;
using FsCheck.Fluent;

namespace Millrace.IntegrationTests.Extracting;

/// <summary>Documents to extract from, as bytes: objects with all that JSON allows, and things that are no object or no JSON.</summary>
public static class JsonDocuments
{
    /// <summary>What may be asked of the documents; the last ones look like parts of JSON or SQL.</summary>
    public static readonly string[] Keys =
    [
        "a", "b", "A", "$browser", "a.b", "with space", "naïve", "back\\slash", "quo\"te", "tick`", "it's", "1", "Array",
        ":", ",", "null_", "line\nbreak",
    ];

    /// <summary>Cases that earlier forms got wrong or that are worth naming.</summary>
    public static readonly string[] Corpus =
    [
        """{"a":"plain"}""", """{"a":"with \"quotes\" inside"}""", """{"a":"\"q\""}""", """{"a":"ends \""}""",
        """{"a":"\""}""", """{"a":"back\\slash"}""", """{"a":"x\\"}""", """{"a":"x\\\""}""", """{"a":"tab\tline\nbell\u0007\b\f\r"}""",
        """{"a":"\u00e9\ud83d\ude00 é😀"}""", """{"a":"\u0000\u001f\u007f"}""", """{"a":"sl\/ash /"}""", "{\"a\":\"\u2028 raw \u2029\"}",
        """{"a":"\u2028"}""", "{\"a\":\"’ – …\"}", """{"a":1}""", """{"a":1.0}""", """{"a":1e5}""", """{"a":-0}""", """{"a":-0.0}""",
        """{"a":12345678901234567890}""", """{"a":123456789012345678901}""", """{"a":-9223372036854775809}""", """{"a":1e400}""",
        """{"a":3.14159265358979323846}""", """{"a":1e-7}""", """{"a":true,"b":false}""", """{"a":null}""", """{"a":"null"}""",
        """{"a":""}""", """{}""", """{"b":1}""", """{"a":{ "x" : 1.0, "y":[1, null,  "z\"\u00e9\/"] } }""", """{"a":[],"b":{}}""",
        """{"a":{"b":null},"b":":null"}""", """{"a":1,"a":2}""", """{"a":null,"a":"x"}""", """{"a":"x","a":null}""",
        """{"a":"x\n","a":"y"}""", """{"\u0061":"escaped key"}""", """{"a":"x","\u0061":null}""", """ {"a" : "spaces" } """,
        "\uFEFF{\"a\":1}", "\uFEFF{\"a\":null}", """[1,2]""", """["x",null]""", """[{"a":1}]""", """ [{"a":1}] """, "\"str\"", "5",
        "null", "", " ", "{", "not json", """{"a":1""", """{"a":1} trailing""", """{"a":1}{"a":2}""", """{"a":"x",}""", "{'a':1}",
        """{"a":nan}""", """{"a":01}""", "{\"a\":\"raw\ttab\"}", """{"a":"\ud800"}""", """{"b":"\ud800","a":1}""", """{"a":"\x"}""",
        """{"b":tru,"a":1}""", """{"a":"x","b":"\\n"}""", "{\"a\":\"nul\0l\"}", """{"a":"$"}""", """{"a":"{\"b\":1}"}""", """{"a":"[\"\\\"\"]"}""",
    ];

    private static readonly Gen<string> Whitespace = Gen.Frequency(
        (8, Gen.Constant("")), (1, Gen.Elements(" ", "\n", "\t ", "\r\n")));

    private static readonly Gen<string> Character = Gen.Frequency(
        (12, Gen.Elements("a", "Z", "0", " ", "-", ".", ":", "{", "}", "[", "]", ",", "'", "$", "null", "é", "😀", "/")),
        (3, Gen.Elements("\\\"", "\\\\", "\\n", "\\t", "\\r", "\\b", "\\f", "\\/")),
        (2, Gen.Elements("\\u0000", "\\u001f", "\\u0022", "\\u005c", "\\u0061", "\\u00e9", "\\u2028", "\\ud83d\\ude00", "\u2028", "\u2029", "’")),
        (1, Gen.Elements("\\x", "\\u12", "\\ud800", "\t", "\u0001", "\"")));

    private static readonly Gen<string> Text = Gen.Choose(0, 6)
        .SelectMany(length => Character.ArrayOf(length))
        .Select(parts => $"\"{string.Concat(parts)}\"");

    private static readonly Gen<string> PlainText = Gen.Elements("\"\"", "\"Chrome\"", "\"null\"", "\"12\"", "\"true\"", "\"2024-05-06T07:08:09.123Z\"");

    private static readonly Gen<string> Number = Gen.OneOf(
        Gen.Choose(-1000, 1000).Select(n => n.ToString()),
        Gen.Choose(-1_000_000, 1_000_000).Select(n => (n / 997.0).ToString("R")),
        Gen.Elements("-0", "-0.0", "1.0", "1e5", "1E+10", "-2.5e-8", "1e22", "1e308", "18446744073709551615", "18446744073709551616",
            "-9223372036854775808", "9007199254740993", "0.1", "1700000000", "1e400", "01", "+1", ".5", "1."));

    private static readonly Gen<string> Key = Gen.Frequency(
        (12, Gen.Elements(Keys).Select(Encode)),
        (1, Gen.Elements("\"\"", "\"null\"", "\"\\u0061\"", "\"\\u0024browser\"", "\"other\"")),
        (1, Text));

    private static readonly Gen<string> Document = Gen.Frequency(
        (20, Object(2)),
        (2, Whitespace.Zip(Object(2), (space, json) => space + json + space)),
        (1, Gen.OneOf(Value(2), Gen.Elements(Corpus))));

    /// <summary>One in eight is damaged: a byte lost, doubled or made another.</summary>
    public static readonly Gen<byte[]> All = Document.Select(Encoding.UTF8.GetBytes).SelectMany(json => Gen.Frequency(
        (7, Gen.Constant(json)),
        (1, Gen.Choose(0, Math.Max(0, json.Length - 1)).Zip(Gen.Choose(0, 5), (at, how) => Damage(json, at, how)))));

    private static Gen<string> Value(int depth) => Gen.Frequency(
        (6, PlainText), (4, Text), (4, Number), (3, Gen.Elements("true", "false", "null")), (depth > 0 ? 2 : 0, Nested(depth)));

    private static Gen<string> Nested(int depth) => depth == 0
        ? Number
        : Gen.OneOf(Object(depth - 1), Gen.Choose(0, 3).SelectMany(n => Value(depth - 1).ArrayOf(n)).Select(v => $"[{string.Join(", ", v)}]"));

    private static Gen<string> Object(int depth) => Gen.Choose(0, 5)
        .SelectMany(count => Pair(depth).ArrayOf(count))
        .Select(pairs => $"{{{string.Join(",", pairs)}}}");

    private static Gen<string> Pair(int depth) =>
        from before in Whitespace
        from key in Key
        from between in Whitespace
        from value in Value(depth)
        from after in Whitespace
        select $"{before}{key}{between}:{between}{value}{after}";

    private static string Encode(string key) => System.Text.Json.JsonSerializer.Serialize(key);

    private static byte[] Damage(byte[] json, int at, int how) => json.Length == 0 ? [0xFF] : how switch
    {
        0 => [.. json[..at], .. json[(at + 1)..]],
        1 => [.. json[..at], json[at], .. json[at..]],
        2 => [.. json[..at], 0xFF, .. json[(at + 1)..]],
        3 => [.. json[..at], (byte)'"', .. json[at..]],
        4 => json[..at],
        _ => [.. json, (byte)'}'],
    };
}
