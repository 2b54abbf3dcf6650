using System.Diagnostics;
using Millrace.Core.Backfill;
using Millrace.Engine.Backfill;

namespace Millrace.Cli.Output;

/// <summary>One line that tells how far a backfill is, how fast, and how long it will take.</summary>
public sealed class BackfillProgress : IBackfillListener, IDisposable
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    private readonly TextWriter writer;
    private readonly bool live = !Console.IsErrorRedirected;
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly Lock gate = new();
    private readonly Timer timer;
    private readonly Dictionary<string, (long Done, long Total, long AtStart)> rows = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ShardPhase> phases = new(StringComparer.Ordinal);
    private (long Done, long Total) messages;
    private string last = "";

    public BackfillProgress(TextWriter writer, BackfillJob job)
    {
        this.writer = writer;
        foreach (var node in job.Nodes)
            phases[node] = ShardPhase.Planned;
        timer = new Timer(_ => Draw(), null, Quiet, TimeSpan.FromMilliseconds(live ? 200 : 5000));
    }

    /// <summary>Pauses of the consumers, one for each try of a cut that needed one.</summary>
    public List<TimeSpan> Pauses { get; } = [];

    public long Rows
    {
        get
        {
            lock (gate)
                return rows.Values.Sum(shard => shard.Total);
        }
    }

    public TimeSpan Elapsed => watch.Elapsed;

    public void PhaseReached(string node, ShardPhase phase)
    {
        lock (gate)
            phases[node] = phase;
    }

    public void Progress(string node, long done, long total)
    {
        lock (gate)
        {
            if (phases.ContainsKey(node))
                rows[node] = (done, total, rows.TryGetValue(node, out var known) ? known.AtStart : done);
            else
                messages = (done, total); // Of topics that are read again, before there are rows.
        }
    }

    public void Note(string node, string text)
    {
        lock (gate)
        {
            Erase();
            writer.WriteLine($"{node}: {text}");
        }
    }

    public void Paused(TimeSpan time)
    {
        lock (gate)
            Pauses.Add(time);
        Note("consumers", $"paused for {time.TotalMilliseconds:0} ms");
    }

    public void Clear()
    {
        timer.Change(Timeout.Infinite, Timeout.Infinite);
        lock (gate)
            Erase();
    }

    public void Dispose() => timer.Dispose();

    private void Draw()
    {
        lock (gate)
        {
            var (done, total, before) = (rows.Values.Sum(r => r.Done), rows.Values.Sum(r => r.Total), rows.Values.Sum(r => r.AtStart));
            var rate = (done - before) / Math.Max(1, watch.Elapsed.TotalSeconds);
            var left = rate > 0 && done < total ? $", about {(total - done) / rate:0} s left" : "";
            var phase = phases.Values.DefaultIfEmpty().Min().ToString().ToLowerInvariant();
            var line = total == 0 ? (messages.Total == 0 ? phase : $"{phase}: {messages.Done:N0} of {messages.Total:N0} messages read again") : $"{phase}: {done:N0} of {total:N0} rows, {rate:N0} rows/s{left}";
            if (!live && line == last)
                return;
            Erase();
            writer.Write(live ? line : line + "\n");
            last = line;
        }
    }

    private void Erase()
    {
        if (live)
            writer.Write("\r\u001b[K");
    }
}
