using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Millrace.Core.Model;
using Millrace.Embedded;
using Millrace.Engine;

namespace Millrace.DevCluster;

/// <summary>Debian's PostgreSQL beside a development cluster, as a child process that ends with this one. Its data stays.</summary>
internal sealed class DevPostgres : IAsyncDisposable
{
    public const string ConnectionName = "main", User = "millrace", Database = "millrace";

    /// <summary>The server's own account, from Debian's package: it refuses to run as root. setpriv becomes the server; runuser would stay in front of it.</summary>
    private const string Account = "postgres";

    private static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(30);

    /// <summary>PostgreSQL knows nothing of standard input: this shell ends it when ours is closed, however we end.</summary>
    private const string Script = "exec 3<&0; \"$@\" </dev/null 3<&- & pid=$!; echo $pid > \"$0\"; (cat <&3; kill -INT $pid) >/dev/null 2>&1 & wait $pid";

    private readonly string folder;
    private readonly string passwordFile;
    private OwnedProcess? process;

    public DevPostgres(string folder, string passwordFile)
    {
        (this.folder, this.passwordFile) = (folder, passwordFile);
        Data = Environment.UserName == "root" ? OutsideData(folder) : Path.Combine(folder, "data");
    }

    /// <summary>Its data: elsewhere for root, whose folders the server's account may not enter.</summary>
    public string Data { get; }

    public int Port { get; private set; }

    public bool IsRunning => process is { HasExited: false };

    public int? ProcessId => IsRunning ? process!.Id : null;

    /// <summary>It as a connection of the fleet.</summary>
    public Connection Connection => Describe(Port, new Secret(File.ReadAllText(passwordFile)));

    private string PortFile => Path.Combine(folder, "port");

    private string PidFile => Path.Combine(folder, "postgres.pid");

    public static Connection Describe(int port, Secret? password) => new(ConnectionName, ConnectionName, "127.0.0.1", port, Database, User, password);

    /// <summary>Where root's data of <paramref name="folder"/> is.</summary>
    public static string OutsideData(string folder) => Path.Combine(
        "/var/tmp", $"millrace-postgres-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Path.GetFullPath(folder))))[..12]}");

    /// <exception cref="UserErrorException">There is no PostgreSQL, or it does not start.</exception>
    public async Task StartAsync(CancellationToken cancel)
    {
        if (IsRunning)
            return;
        var programs = Programs();
        Directory.CreateDirectory(folder);
        Port = File.Exists(PortFile) ? int.Parse(await File.ReadAllTextAsync(PortFile, cancel), System.Globalization.CultureInfo.InvariantCulture) : FreePorts.Take(1)[0];
        await File.WriteAllTextAsync(PortFile, $"{Port}", cancel);
        var isNew = !File.Exists(Path.Combine(Data, "PG_VERSION"));
        if (isNew)
            await InitializeAsync(programs, cancel);
        process = OwnedProcess.Start(
            "/bin/sh",
            ["-c", Script, PidFile, .. AsAccount(), Path.Combine(programs, "postgres"), "-D", Data, "-p", $"{Port}", "-k", Data, "-c", "listen_addresses=127.0.0.1"],
            Path.Combine(folder, "postgres.log"));
        await WaitAsync(process, cancel);
        if (isNew)
            await RunAsync([.. AsAccount(), Path.Combine(programs, "createdb"), "-h", Data, "-p", $"{Port}", "-U", User, Database], cancel);
    }

    /// <summary>Ends it at once.</summary>
    public async Task KillAsync()
    {
        if (process is null || process.HasExited)
            return;
        await RunAsync(["/bin/sh", "-c", $"kill -QUIT {(await File.ReadAllTextAsync(PidFile)).Trim()}"], CancellationToken.None);
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }

    private async Task InitializeAsync(string programs, CancellationToken cancel)
    {
        Directory.CreateDirectory(Data);
        if (!File.Exists(passwordFile))
            ClusterFolder.WritePrivate(passwordFile, Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)));
        // The server's account reads its own copy; both are for their owners only.
        var given = Path.Combine(Data, "..", Path.GetFileName(Data) + ".password");
        ClusterFolder.WritePrivate(given, await File.ReadAllTextAsync(passwordFile, cancel));
        try
        {
            if (AsAccount().Any())
                await RunAsync(["chown", Account, Data, given], cancel);
            await RunAsync(
                [.. AsAccount(), Path.Combine(programs, "initdb"), "-D", Data, "-U", User, "--pwfile", given, "--auth-host=scram-sha-256", "--auth-local=trust", "-E", "UTF8", "--no-locale"],
                cancel);
        }
        finally
        {
            File.Delete(given);
        }
    }

    private async Task WaitAsync(OwnedProcess server, CancellationToken cancel)
    {
        for (var since = Stopwatch.StartNew(); !await ListensAsync(cancel); await Task.Delay(20, cancel))
            if (server.HasExited || since.Elapsed > StartTimeout)
                throw new UserErrorException($"postgres did not start:\n{await server.LastOutputAsync()}");
    }

    private async Task<bool> ListensAsync(CancellationToken cancel)
    {
        // The last line of this file says when it takes connections.
        var file = Path.Combine(Data, "postmaster.pid");
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            if (!File.Exists(file) || !(await File.ReadAllLinesAsync(file, cancel)).Any(line => line.Trim() == "ready"))
                return false;
            await socket.ConnectAsync("127.0.0.1", Port, cancel);
            return true;
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return false;
        }
    }

    private static string Programs() =>
        Directory.Exists("/usr/lib/postgresql")
        && Directory.GetDirectories("/usr/lib/postgresql").Select(version => Path.Combine(version, "bin")).Where(bin => File.Exists(Path.Combine(bin, "postgres"))).Max() is { } found
            ? found
            : throw new UserErrorException("there is no PostgreSQL server on this machine: apt-get install postgresql-15");

    private static IEnumerable<string> AsAccount() => Environment.UserName == "root" ? ["setpriv", $"--reuid={Account}", $"--regid={Account}", "--init-groups"] : [];

    private async Task RunAsync(IReadOnlyList<string> command, CancellationToken cancel)
    {
        await using var run = OwnedProcess.Start(command[0], command.Skip(1), Path.Combine(folder, $"{Path.GetFileName(command.First(word => word != "setpriv" && !word.StartsWith('-')))}.log"));
        await run.WaitForExitAsync(cancel);
        if (run.ExitCode != 0)
            throw new UserErrorException($"{string.Join(' ', command)} failed:\n{await run.LastOutputAsync()}");
    }
}
