using System.Runtime.InteropServices;
using System.Threading.Channels;
using Millrace.Embedded;
using Millrace.Engine;

namespace Millrace.DevCluster;

/// <summary>
/// The background process of <c>millrace dev</c>: owns the servers, so that they end with it. A hang-up signal makes it
/// start what is missing; what it did is in the state file.
/// </summary>
public sealed class ClusterSupervisor(ClusterFolder folder)
{
    private static readonly TimeSpan WatchInterval = TimeSpan.FromMilliseconds(500);

    private readonly Lock writing = new();
    private ClusterState written = new();
    private DateTime balanced;

    /// <summary>Runs until <paramref name="stop"/>, and then stops its servers.</summary>
    /// <exception cref="UserErrorException">The cluster could not start.</exception>
    public static async Task RunAsync(string folderName, CancellationToken stop)
    {
        UnixProcess.LeaveTerminal();
        UnixProcess.HearHangUp();
        var folder = new ClusterFolder(folderName);
        var spec = folder.Read<DevClusterSpec>(folder.SpecFile)
            ?? throw new UserErrorException($"{folder.SpecFile} is missing: start with `millrace dev up`.");
        await new ClusterSupervisor(folder).RunAsync(spec, folderName, stop);
    }

    private async Task RunAsync(DevClusterSpec spec, string folderName, CancellationToken stop)
    {
        var requests = Channel.CreateUnbounded<bool>();
        using var onHangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            requests.Writer.TryWrite(true);
        });

        await using var cluster = await StartAsync(spec, folderName, stop);
        if (cluster is null)
            return;
        try
        {
            await Task.WhenAll(WatchAsync(cluster, stop), ServeAsync(cluster, requests.Reader, stop));
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
            var cluster = await EmbeddedCluster.UpAsync(spec, folderName, Report, cancel: stop);
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
            await BalanceAsync(cluster, stop);
            var now = cluster.State();
            if (!now.Nodes.SequenceEqual(written.Nodes) || !now.Brokers.SequenceEqual(written.Brokers) || now.Postgres != written.Postgres)
                Report(now with { Rounds = written.Rounds, Error = written.Error });
        }
    }

    /// <summary>A configuration that HAProxy does not take is left alone until it is written anew: the old one stays in force.</summary>
    private async Task BalanceAsync(EmbeddedCluster cluster, CancellationToken stop)
    {
        var stamp = File.GetLastWriteTimeUtc(cluster.Files.BalancerFile);
        if (stamp == balanced)
            return;
        balanced = stamp;
        try
        {
            await cluster.BalanceAsync(stop);
        }
        catch (UserErrorException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
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
}
