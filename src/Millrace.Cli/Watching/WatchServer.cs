using System.Net;
using System.Text;
using Millrace.Engine;

namespace Millrace.Cli.Watching;

/// <summary>Answers <c>/metrics</c> and <c>/healthz</c> while a watch runs.</summary>
public sealed class WatchServer : IAsyncDisposable
{
    private readonly HttpListener listener = new();
    private readonly WatchMetrics metrics;
    private readonly TimeSpan late;
    private readonly Task serving;

    /// <param name="address">Host and port, such as <c>127.0.0.1:9464</c>; <c>0.0.0.0</c> for all addresses.</param>
    /// <param name="late">After so long without a comparison the watch counts as stuck.</param>
    /// <exception cref="UserErrorException">The address is none, or in use.</exception>
    public WatchServer(string address, WatchMetrics metrics, TimeSpan late)
    {
        this.metrics = metrics;
        this.late = late;
        try
        {
            listener.Prefixes.Add($"http://{address.Replace("0.0.0.0:", "*:", StringComparison.Ordinal)}/");
            listener.Start();
        }
        catch (Exception error) when (error is HttpListenerException or ArgumentException)
        {
            throw new UserErrorException($"--listen {address}: {error.Message}. Give HOST:PORT, such as 127.0.0.1:9464, or `off`");
        }

        serving = ServeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        listener.Close();
        await serving;
    }

    private async Task ServeAsync()
    {
        while (true)
        {
            try
            {
                await AnswerAsync(await listener.GetContextAsync());
            }
            catch (Exception error) when (error is HttpListenerException or ObjectDisposedException or IOException)
            {
                if (!listener.IsListening)
                    return; // Stopped; anything else is a client that went away.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context)
    {
        var (status, type, text) = context.Request.Url?.AbsolutePath switch
        {
            "/metrics" => (200, "text/plain; version=0.0.4; charset=utf-8", metrics.Render()),
            "/healthz" => Health(),
            _ => (404, "text/plain", "there are /metrics and /healthz\n"),
        };
        context.Response.StatusCode = status;
        context.Response.ContentType = type;
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(text));
        context.Response.Close();
    }

    private (int Status, string Type, string Text) Health() => metrics.SincePlanned switch
    {
        null => (503, "text/plain", "starting: the fleet has not been compared with its declaration yet\n"),
        var since when since > late => (503, "text/plain", $"stuck: last compared {since.Value.TotalSeconds:0} s ago\n"),
        _ => (200, "text/plain", "ok\n"),
    };
}
