using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;

namespace Millrace.Bench.Planning;

/// <summary>A fleet of scripted HTTP servers in a process of their own. They hold what they are told to, and answer after a while.</summary>
public sealed class SimulatedFleet : IAsyncDisposable
{
    private readonly Process process;

    private SimulatedFleet(Process process, ImmutableArray<SimulatedAddress> nodes)
    {
        this.process = process;
        Nodes = nodes;
    }

    public ImmutableArray<SimulatedAddress> Nodes { get; }

    /// <param name="roles">Such as <c>data=50,query=10</c>.</param>
    public static async Task<SimulatedFleet> StartAsync(TimeSpan latency, string roles, CancellationToken cancel)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [SimulatedFleetProcess.Command, $"{latency.TotalMilliseconds:0}", roles])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true,
        };
        var started = Process.Start(start)!;
        var nodes = JsonSerializer.Deserialize<ImmutableArray<SimulatedAddress>>(await ReadLineAsync(started, cancel));
        return new SimulatedFleet(started, nodes);
    }

    /// <param name="file">Where to leave the world for the other process.</param>
    public async Task LearnAsync(SimulatedWorld world, string file, CancellationToken cancel)
    {
        await File.WriteAllBytesAsync(file, JsonSerializer.SerializeToUtf8Bytes(world), cancel);
        await process.StandardInput.WriteLineAsync(file.AsMemory(), cancel);
        await process.StandardInput.FlushAsync(cancel);
        await ReadLineAsync(process, cancel);
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<string> ReadLineAsync(Process from, CancellationToken cancel) =>
        await from.StandardOutput.ReadLineAsync(cancel)
        ?? throw new InvalidOperationException("the simulated fleet ended unexpectedly");
}
