using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Millrace.Testing;

/// <summary>
/// A small HTTP/1.1 server that answers as told. It stands in for ClickHouse only where a real one cannot be had: faults
/// on the wire, and fleets of a hundred nodes.
/// </summary>
public sealed class ScriptedServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<ScriptedRequest, ScriptedAnswer> _script;
    private readonly X509Certificate2? _certificate;
    private readonly Task _accepting;

    /// <param name="certificate">Speaks TLS with this certificate; null: plain HTTP.</param>
    public ScriptedServer(Func<ScriptedRequest, ScriptedAnswer> script, X509Certificate2? certificate = null)
    {
        _script = script;
        _certificate = certificate;
        _listener.Start();
        Address = new Uri($"{(certificate is null ? "http" : "https")}://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");
        _accepting = AcceptAsync();
    }

    public Uri Address { get; }

    /// <summary>Every request so far, in order of arrival.</summary>
    public ConcurrentQueue<ScriptedRequest> Requests { get; } = new();

    /// <summary>Answers the given answers in turn; the last one again and again.</summary>
    public static ScriptedServer InTurn(params ScriptedAnswer[] answers)
    {
        var next = -1;
        return new ScriptedServer(_ => answers[Math.Min(Interlocked.Increment(ref next), answers.Length - 1)]);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        var open = new List<Task>();
        try
        {
            while (!_stop.IsCancellationRequested)
                open.Add(ServeAsync(await _listener.AcceptSocketAsync(_stop.Token)));
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }

        await Task.WhenAll(open);
    }

    private async Task ServeAsync(Socket socket)
    {
        socket.NoDelay = true;
        await using var plain = new NetworkStream(socket, ownsSocket: true);
        try
        {
            await using var stream = await SecureAsync(plain);
            var input = new RequestInput(stream);
            while (await input.ReadAsync(_stop.Token) is { } request)
            {
                Requests.Enqueue(request);
                if (!await AnswerAsync(stream, _script(request)))
                    return;
            }
        }
        catch (Exception error) when (error is OperationCanceledException or IOException or AuthenticationException)
        {
            // The client went away, did not trust the certificate, or the test is over.
        }
    }

    private async Task<Stream> SecureAsync(Stream plain)
    {
        if (_certificate is null)
            return plain;
        var secure = new SslStream(plain);
        await secure.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = _certificate }, _stop.Token);
        return secure;
    }

    /// <returns>True when the connection stays open.</returns>
    private async Task<bool> AnswerAsync(Stream stream, ScriptedAnswer answer)
    {
        if (answer.Delay != TimeSpan.Zero)
            await Task.Delay(answer.Delay, _stop.Token);
        if (answer.Ending == Ending.NoAnswer)
            return false;
        var sent = answer.Ending is Ending.Cut or Ending.Hang ? answer.Body.Length / 2 : answer.Body.Length;
        byte[] bytes = [.. Head(answer), .. answer.Body.AsSpan(0, sent)];
        await stream.WriteAsync(bytes, _stop.Token);
        if (answer.Ending == Ending.Hang)
            await Task.Delay(Timeout.InfiniteTimeSpan, _stop.Token);
        return answer.Ending == Ending.Whole;
    }

    private static byte[] Head(ScriptedAnswer answer)
    {
        var head = new StringBuilder()
            .Append(CultureInfo.InvariantCulture, $"HTTP/1.1 {answer.Status} Scripted\r\nContent-Type: {answer.ContentType}\r\n");
        foreach (var (name, value) in answer.Headers)
            head.Append(CultureInfo.InvariantCulture, $"{name}: {value}\r\n");
        if (answer.Ending == Ending.CloseDelimited)
            head.Append("Connection: close\r\n");
        else
            head.Append(CultureInfo.InvariantCulture, $"Content-Length: {answer.Body.Length}\r\n");
        return Encoding.ASCII.GetBytes(head.Append("\r\n").ToString());
    }
}
