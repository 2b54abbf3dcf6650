using Millrace.Cli.Output;

namespace Millrace.Cli.Demo;

/// <summary>The progress of the stream: a bar on a terminal, a line every few seconds elsewhere.</summary>
internal sealed class StreamLine(Terminal terminal)
{
    private const int Width = 24;
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(3);
    private readonly bool live = !Console.IsErrorRedirected;
    private readonly Lock gate = new();
    private TimeSpan last = -Every;

    public void Show(long produced, long landed, long rows, TimeSpan elapsed)
    {
        lock (gate)
        {
            if (!live && elapsed - last < Every)
                return;
            last = elapsed;
            var done = (int)(Width * landed / Math.Max(1, rows));
            var rate = landed / Math.Max(0.1, elapsed.TotalSeconds);
            var left = rate > 0 ? $"{(rows - landed) / rate:0} s left" : "";
            var text = $"[{new string('#', done)}{new string('.', Width - done)}] {landed:N0} of {rows:N0} on storage, {rate:N0} rows/s, {produced - landed:N0} under way, {left}";
            terminal.Out.Write(live ? $"\r\u001b[K{text}" : text + "\n");
        }
    }

    public void End()
    {
        lock (gate)
            if (live)
                terminal.Out.Write("\r\u001b[K");
    }
}
