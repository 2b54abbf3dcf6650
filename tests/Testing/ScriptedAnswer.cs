using System.Collections.Immutable;
using System.Text;

namespace Millrace.Testing;

/// <summary>An answer of the scripted server; the factories cover what real servers and proxies do.</summary>
public sealed record ScriptedAnswer
{
    public int Status { get; init; } = 200;

    public string ContentType { get; init; } = "text/plain; charset=UTF-8";

    public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    public byte[] Body { get; init; } = [];

    public TimeSpan Delay { get; init; }

    public Ending Ending { get; init; }

    /// <summary>What a ClickHouse server answers with rows, or with nothing to a statement.</summary>
    public static ScriptedAnswer Rows(string rows = "") => Rows(Encoding.UTF8.GetBytes(rows));

    public static ScriptedAnswer Rows(byte[] rows) => new()
    {
        Body = rows,
        Headers = ImmutableDictionary<string, string>.Empty.Add("X-ClickHouse-Summary", "{}"),
    };

    public static ScriptedAnswer Error(int code, string name, string words, int status = 500) => new()
    {
        Status = status,
        Body = Encoding.UTF8.GetBytes($"Code: {code}. DB::Exception: {words} ({name}) (version 26.7.2.1 (official build))\n"),
        Headers = ImmutableDictionary<string, string>.Empty.Add("X-ClickHouse-Exception-Code", $"{code}"),
    };

    /// <summary>Rows, and then an error, as current servers frame it.</summary>
    public static ScriptedAnswer ErrorAfter(string rows, int code, string name, string words)
    {
        const string tag = "ynaphajpdymcxonn";
        var text = $"Code: {code}. DB::Exception: {words} ({name}) (version 26.7.2.1)";
        return Rows($"{rows}\r\n__exception__\r\n{tag}\r\n{text}\r\n{text.Length} {tag}\r\n__exception__\r\n") with
        {
            Headers = ImmutableDictionary<string, string>.Empty
                .Add("X-ClickHouse-Summary", "{}").Add("X-ClickHouse-Exception-Tag", tag),
        };
    }

    /// <summary>What a proxy or a web server answers.</summary>
    public static ScriptedAnswer Html(int status, string html) =>
        new() { Status = status, ContentType = "text/html", Body = Encoding.UTF8.GetBytes(html) };

    public static ScriptedAnswer Hang() => Rows() with { Delay = Timeout.InfiniteTimeSpan };
}
