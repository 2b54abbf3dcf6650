using System.Globalization;
using System.Text;

namespace Millrace.Testing;

/// <summary>Reads one HTTP request after another from a connection.</summary>
internal sealed class RequestInput(Stream stream)
{
    private byte[] _buffer = new byte[4096];
    private int _filled;

    /// <summary>The next request; null when the client has closed the connection, or does not speak HTTP (TLS).</summary>
    public async Task<ScriptedRequest?> ReadAsync(CancellationToken cancel)
    {
        int end;
        while ((end = _buffer.AsSpan(0, _filled).IndexOf("\r\n\r\n"u8)) < 0)
            if (!await FillAsync(cancel) || !char.IsAsciiLetter((char)_buffer[0]))
                return null;

        var lines = Encoding.ASCII.GetString(_buffer, 0, end).Split("\r\n");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2))
            .ToDictionary(h => h[0].ToLowerInvariant(), h => h[1], StringComparer.Ordinal);
        var length = int.Parse(headers.GetValueOrDefault("content-length", "0"), CultureInfo.InvariantCulture);
        var whole = end + 4 + length;
        while (_filled < whole)
            if (!await FillAsync(cancel))
                return null;

        var sql = Encoding.UTF8.GetString(_buffer, end + 4, length);
        _buffer.AsSpan(whole, _filled - whole).CopyTo(_buffer);
        _filled -= whole;
        return new ScriptedRequest(lines[0].Split(' ')[1], headers, sql);
    }

    private async Task<bool> FillAsync(CancellationToken cancel)
    {
        if (_filled == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await stream.ReadAsync(_buffer.AsMemory(_filled), cancel);
        _filled += read;
        return read > 0;
    }
}
