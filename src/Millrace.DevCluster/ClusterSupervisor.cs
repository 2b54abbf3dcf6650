using System.Runtime.InteropServices;
using System.Threading.Channels;
using Millrace.Embedded;
using Millrace.Engine;

namespace Millrace.DevCluster;

/// <summary>
/// The background process of <c>millrace dev</c>: owns the servers, so that they end with it. Terminate stops it,
/// hang-up makes it start what is missing; what it did is in the state file.
/// </summary>
public sealed class ClusterSupervisor(ClusterFolder folder)
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lock writing = new();
    private ClusterState written = new();

    /// <summary>Runs until it is told to stop.</summary>
    /// <exception cref="UserErrorException">The cluster could not start.</exception>
    public static async Task RunAsync(string folderName)
    {
        UnixProcess.LeaveTerminal();
        var folder = new ClusterFolder(folderName);
        var spec = folder.Read<DevClusterSpec>(folder.SpecFile)
            ?? throw new UserErrorException($"{folder.SpecFile} is missing: start with `millrace dev up`.");
        await new ClusterSupervisor(folder).RunAsync(spec, folderName);
    }

    private async Task RunAsync(DevClusterSpec spec, string folderName)
    {
        using var stop = new CancellationTokenSource();
        var requests = Channel.CreateUnbounded<bool>();
        using var onTerminate = On(PosixSignal.SIGTERM, stop.Cancel);
        using var onInterrupt = On(PosixSignal.SIGINT, stop.Cancel);
        using var onHangUp = On(PosixSignal.SIGHUP, () => requests.Writer.TryWrite(true));

        await using var cluster = await StartAsync(spec, folderName, stop.Token);
        if (cluster is null)
            return;
        try
        {
            await Task.WhenAll(WatchAsync(cluster, stop.Token), ServeAsync(cluster, requests.Reader, stop.Token));
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Told to stop: the cluster is disposed on the way out.
        }
    }

    /// <summary>Null when it was told to stop meanwhile.</summary>
    private async Task<EmbeddedCluster?> StartAsync(DevClusterSpec spec, string folderName, CancellationToken stop)
    {
        try
        {
            var cluster = await EmbeddedCluster.UpAsync(spec, folderName, Report, stop);
            Report(cluster.State() with { Rounds = 1 });
            return cluster;
        }
        catch (UserErrorException error)
        {
            Report(new ClusterState { Rounds = 1, Error = error.Message });
            throw;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task ServeAsync(EmbeddedCluster cluster, ChannelReader<bool> requests, CancellationToken stop)
    {
        await foreach (var _ in requests.ReadAllAsync(stop))
        {
            string? failure = null;
            try
            {
                await cluster.EnsureAsync(s => Report(s with { Rounds = written.Rounds }), stop);
            }
            catch (UserErrorException error)
            {
                failure = error.Message;
            }

            Report(cluster.State() with { Rounds = written.Rounds + 1, Error = failure });
        }
    }

    private async Task WatchAsync(EmbeddedCluster cluster, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(WatchInterval);
        while (await timer.WaitForNextTickAsync(stop))
        {
            var now = cluster.State();
            if (!now.Nodes.SequenceEqual(written.Nodes) || !now.Brokers.SequenceEqual(written.Brokers))
                Report(now with { Rounds = written.Rounds, Error = written.Error });
        }
    }

    private void Report(ClusterState state)
    {
        lock (writing)
        {
            written = state with { Supervisor = Environment.ProcessId };
            folder.Write(folder.StateFile, written);
        }
    }

    private static PosixSignalRegistration On(PosixSignal signal, Action act) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        act();
    });
}
