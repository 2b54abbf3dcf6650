using System.Diagnostics;
using Millrace.Embedded;
using Millrace.Engine;

namespace Millrace.DevCluster;

/// <summary>Starts, finds and stops the background process that runs a development cluster.</summary>
public sealed class SupervisorClient(string folderName)
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);

    private readonly ClusterFolder folder = new(folderName);

    public string PostgresPasswordFile => folder.PostgresPasswordFile;

    public string SupervisorLog => folder.SupervisorLog;

    public bool IsRunning => FolderLock.IsHeld(folder.LockFile);

    /// <summary>What the running supervisor was asked for; null when none runs.</summary>
    public DevClusterSpec? RunningSpec => IsRunning ? folder.Read<DevClusterSpec>(folder.SpecFile) : null;

    /// <summary>What the cluster of this folder was last asked for, running or not; null when there never was one.</summary>
    public DevClusterSpec? LastSpec => folder.Read<DevClusterSpec>(folder.SpecFile);

    /// <summary>What the running supervisor last reported; null when none runs.</summary>
    public ClusterState? State => IsRunning ? folder.Read<ClusterState>(folder.StateFile) : null;

    /// <summary>
    /// Starts a cluster in the background and waits until it is ready. One that runs already is found, and whatever is
    /// missing of it is started. Cancelling stops what was started here.
    /// </summary>
    /// <param name="exactly">False to take the cluster that runs, or that ran last, of whatever shape, before <paramref name="spec"/>.</param>
    /// <param name="newPorts">Forget the ports of an earlier cluster in this folder.</param>
    /// <param name="onChange">Called with each new state while it starts.</param>
    /// <exception cref="UserErrorException">It did not start, or another kind of cluster runs here.</exception>
    public async Task<UpOutcome> UpAsync(
        DevClusterSpec spec, bool exactly, bool newPorts, Action<ClusterState> onChange, CancellationToken cancel)
    {
        spec.Check();
        folder.Create();
        DiskSpace.Require(folder.Root);
        using var turn = FolderLock.Take(Path.Combine(folder.Root, "up.lock"), StartTimeout)
            ?? throw new UserErrorException("another `millrace dev up` is busy in this folder.");

        if (IsRunning)
            return await FindAsync(running => !newPorts && (!exactly || running.IsSameAs(spec)), onChange, cancel);
        if (!exactly)
            spec = folder.Read<DevClusterSpec>(folder.SpecFile) ?? spec;
        if (newPorts)
            folder.ForgetPorts();
        return new UpOutcome(spec, await StartAsync(spec, onChange, cancel), WasRunning: false);
    }

    /// <summary>Stops everything. False when nothing ran.</summary>
    public async Task<bool> StopAsync(CancellationToken cancel)
    {
        if (!IsRunning)
            return false;
        var supervisor = folder.Read<ClusterState>(folder.StateFile)?.Supervisor
            ?? throw OnlyJustStarting();
        await StopAsync(supervisor, cancel);
        return true;
    }

    /// <summary>Deletes rows, tables and logs of a cluster that does not run.</summary>
    public void Wipe()
    {
        foreach (var path in new[] { folder.Root, DevPostgres.OutsideData(folder.Postgres) }.Where(Directory.Exists))
            Directory.Delete(path, recursive: true);
    }

    private async Task<UpOutcome> FindAsync(Func<DevClusterSpec, bool> fits, Action<ClusterState> onChange, CancellationToken cancel)
    {
        if (RunningSpec is not { } running || State is not { } state)
            throw OnlyJustStarting();
        if (!fits(running))
            throw new UserErrorException("a cluster of another shape runs here: `millrace dev status` shows it, `millrace dev down` stops it.");
        UnixProcess.HangUp(state.Supervisor);
        return new UpOutcome(running, await WaitForRoundAsync(state.Rounds, null, onChange, cancel), WasRunning: true);
    }

    private UserErrorException OnlyJustStarting() => new($"the cluster in {folder.Root} is only just starting: try again in a moment.");

    private async Task<ClusterState> StartAsync(DevClusterSpec spec, Action<ClusterState> onChange, CancellationToken cancel)
    {
        folder.Write(folder.SpecFile, spec);
        File.Delete(folder.StateFile);
        using var supervisor = Launch();
        try
        {
            return await WaitForRoundAsync(0, supervisor, onChange, cancel);
        }
        catch
        {
            await StopAsync(supervisor.Id, CancellationToken.None);
            throw;
        }
    }

    private async Task StopAsync(int supervisor, CancellationToken cancel)
    {
        UnixProcess.Terminate(supervisor);
        if (await GoneAsync(cancel))
            return;
        UnixProcess.Kill(supervisor);
        await GoneAsync(cancel);
    }

    private async Task<bool> GoneAsync(CancellationToken cancel)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < StopTimeout; await Task.Delay(50, cancel))
        {
            if (!IsRunning)
                return true;
        }

        return false;
    }

    /// <summary>The shell redirects its output to the log, which .NET cannot do for a process that outlives this one.</summary>
    private Process Launch()
    {
        const string Script = "exec \"$0\" dev supervise --dir \"$1\" </dev/null >\"$2\" 2>&1";
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, MillraceExecutable.Locate(), folderName, folder.SupervisorLog])
        {
            UseShellExecute = false,
        };
        return Process.Start(start) ?? throw new UserErrorException("/bin/sh could not be started.");
    }

    private async Task<ClusterState> WaitForRoundAsync(int before, Process? supervisor, Action<ClusterState> onChange, CancellationToken cancel)
    {
        for (var since = Stopwatch.StartNew(); since.Elapsed < StartTimeout; await Task.Delay(50, cancel))
        {
            var gone = supervisor?.HasExited ?? !IsRunning;
            var state = folder.Read<ClusterState>(folder.StateFile);
            if (state is not null)
                onChange(state);
            if (state?.Rounds > before)
                return state.Error is null ? state : throw new UserErrorException(state.Error);
            if (gone)
                throw new UserErrorException($"the cluster's supervisor left without a word; its log is {folder.SupervisorLog}:\n{LogEnd()}");
        }

        throw new UserErrorException($"the cluster was not ready after {StartTimeout.TotalSeconds:0} s; see {folder.SupervisorLog}.");
    }

    private string LogEnd() =>
        File.Exists(folder.SupervisorLog) ? string.Join('\n', File.ReadLines(folder.SupervisorLog).TakeLast(10)) : "(no log)";
}
