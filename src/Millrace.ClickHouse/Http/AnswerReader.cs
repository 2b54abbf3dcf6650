using System.IO.Compression;
using System.Net;
using System.Text;
using Millrace.Core.Model;
using Millrace.Engine.Nodes;

namespace Millrace.ClickHouse.Http;

/// <summary>Decides what an HTTP answer means: rows, an error of the server, or not an answer of ClickHouse at all.</summary>
internal sealed class AnswerReader(string node, ConnectOptions connect)
{
    private static ReadOnlySpan<byte> Marker => "__exception__\r\n"u8;

    /// <returns>The body, known to be whole.</returns>
    /// <exception cref="ServerErrorException">The server answered with an error, before or in the middle of its rows.</exception>
    /// <exception cref="NodeUnreachableException">The answer is cut, or is not ClickHouse's.</exception>
    public async Task<byte[]> ReadAsync(HttpResponseMessage response, CancellationToken cancel)
    {
        var body = Decompress(response, await response.Content.ReadAsByteArrayAsync(cancel));
        if (response.StatusCode != HttpStatusCode.OK)
            throw Failure(response, body);
        if (!IsClickHouse(response))
            throw NotClickHouse(response, body);
        if (response.Headers.TransferEncodingChunked != true && response.Content.Headers.ContentLength is null)
            throw new NodeUnreachableException(
                $"{node} answers without a length, so a cut answer would look whole. A proxy in between must speak HTTP/1.1.",
                mayHaveRun: true);
        return ErrorAtEnd(response, body) is { } error ? throw error : body;
    }

    private static byte[] Decompress(HttpResponseMessage response, byte[] body)
    {
        if (!response.Content.Headers.ContentEncoding.Contains("gzip"))
            return body;
        using var rows = new MemoryStream(body.Length * 4);
        using var gzip = new GZipStream(new MemoryStream(body), CompressionMode.Decompress);
        gzip.CopyTo(rows);
        return rows.ToArray();
    }

    private Exception Failure(HttpResponseMessage response, byte[] body)
    {
        var text = Encoding.UTF8.GetString(body);
        if (ServerErrorText.TryParse(text) is { } error)
            return Clarify(error);
        return response.Headers.TryGetValues("X-ClickHouse-Exception-Code", out var codes)
            && int.TryParse(codes.First(), out var code)
            ? Clarify(new ServerErrorException(code, "", text.Trim()))
            : NotClickHouse(response, body);
    }

    /// <summary>Current servers frame an error that happens after the first rows with a random tag, told in a header.</summary>
    private ServerErrorException? ErrorAtEnd(HttpResponseMessage response, byte[] body)
    {
        if (!body.AsSpan().EndsWith(Marker) || !response.Headers.TryGetValues("X-ClickHouse-Exception-Tag", out var tags))
            return null;
        byte[] start = [.. Marker, .. Encoding.ASCII.GetBytes(tags.First()), .. "\r\n"u8];
        var at = body.AsSpan().LastIndexOf(start);
        if (at < 0)
            return null;
        var framed = Encoding.UTF8.GetString(body.AsSpan(at + start.Length));
        var text = framed[..Math.Max(0, framed.LastIndexOf($" {tags.First()}\r\n", StringComparison.Ordinal))];
        text = text[..Math.Max(0, text.LastIndexOf('\n'))];
        return Clarify(ServerErrorText.TryParse(text) ?? new ServerErrorException(0, "", text.Trim()));
    }

    private ServerErrorException Clarify(ServerErrorException error) => new(error.Code, error.Name, error.Code switch
    {
        // The same words for a wrong password, an unknown user and a forbidden address: the server does not tell which.
        192 or 193 or 194 or 516 => $"user '{connect.User}' is refused: wrong password, no such user, or not from this address. "
            + "Check connect.user and connect.password in fleet.yaml.",
        _ => WithoutSecret(error.Message),
    });

    private NodeUnreachableException NotClickHouse(HttpResponseMessage response, byte[] body)
    {
        var status = (int)response.StatusCode;
        var kind = response.Content.Headers.ContentType?.MediaType ?? "no content type";
        return new NodeUnreachableException(
            $"{node} answers HTTP {status} ({kind}), but not as a ClickHouse server: {FirstWords(body)}. "
            + "Is this the HTTP port of the node, or a proxy's?",
            mayHaveRun: status is not (>= 300 and < 500 or 503),
            isTransient: status is 429 or 502 or 503 or 504);
    }

    private string FirstWords(byte[] body)
    {
        const int enough = 160;
        var text = Encoding.UTF8.GetString(body.AsSpan(0, Math.Min(body.Length, 4 * enough)));
        text = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return text.Length == 0 ? "an empty body" : $"'{WithoutSecret(text.Length > enough ? text[..enough] + "..." : text)}'";
    }

    private string WithoutSecret(string text) =>
        connect.Password.IsEmpty ? text : text.Replace(connect.Password.Reveal(), Secret.Placeholder, StringComparison.Ordinal);

    private static bool IsClickHouse(HttpResponseMessage response) =>
        response.Headers.Contains("X-ClickHouse-Summary") || response.Headers.Contains("X-ClickHouse-Query-Id");
}
