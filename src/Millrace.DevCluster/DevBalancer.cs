using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using Millrace.Embedded;
using Millrace.Engine;

namespace Millrace.DevCluster;

/// <summary>
/// Debian's HAProxy before a development cluster, as a child process that ends with this one. It runs while its
/// configuration file is there, and takes a new one without dropping a connection.
/// </summary>
internal sealed class DevBalancer(string configFile, string folder) : IAsyncDisposable
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    /// <summary>HAProxy knows nothing of standard input: this shell ends it when ours is closed, however we end.</summary>
    private const string Script =
        "exec 3<&0; haproxy -W -f \"$0\" </dev/null 3<&- & echo $! > \"$1\"; pid=$!; (cat <&3; kill $pid) >/dev/null 2>&1 & wait $pid";

    private OwnedProcess? process;
    private string running = "";

    public bool IsRunning => process is { HasExited: false };

    private string PidFile => Path.Combine(folder, "haproxy.pid");

    /// <summary>Starts it, or hands it the configuration file when that has changed.</summary>
    /// <exception cref="UserErrorException">There is no HAProxy, or it does not take the file.</exception>
    public async Task EnsureAsync(CancellationToken cancel)
    {
        if (!File.Exists(configFile))
            return;
        var wanted = await File.ReadAllTextAsync(configFile, cancel);
        if (IsRunning && wanted == running)
            return;
        Directory.CreateDirectory(folder);
        await CheckAsync(cancel);
        if (IsRunning)
            UnixProcess.Reload(int.Parse(await File.ReadAllTextAsync(PidFile, cancel), CultureInfo.InvariantCulture));
        else
            await StartAsync(wanted, cancel);
        running = wanted;
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
    }

    private async Task StartAsync(string config, CancellationToken cancel)
    {
        File.Delete(PidFile);
        process = OwnedProcess.Start("/bin/sh", ["-c", Script, configFile, PidFile], Path.Combine(folder, "haproxy.log"));
        for (var since = Stopwatch.StartNew(); !await ListensAsync(config, cancel); await Task.Delay(10, cancel))
            if (process.HasExited || since.Elapsed > Settle)
                throw new UserErrorException($"haproxy did not start:\n{await process.LastOutputAsync()}");
    }

    /// <summary>Its master runs before its listeners do.</summary>
    private static async Task<bool> ListensAsync(string config, CancellationToken cancel)
    {
        var address = config.Split('\n').Select(line => line.Trim().Split(' ')).First(words => words[0] == "bind")[1];
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", int.Parse(address[(address.LastIndexOf(':') + 1)..], CultureInfo.InvariantCulture), cancel);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private async Task CheckAsync(CancellationToken cancel)
    {
        var start = new ProcessStartInfo("haproxy", ["-c", "-f", configFile]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        try
        {
            using var check = Process.Start(start)!;
            var output = check.StandardOutput.ReadToEndAsync(cancel);
            var errors = await check.StandardError.ReadToEndAsync(cancel);
            await check.WaitForExitAsync(cancel);
            if (check.ExitCode != 0)
                throw new UserErrorException($"haproxy does not take {configFile}:\n{errors}{await output}");
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new UserErrorException("there is no haproxy on this machine: apt-get install haproxy");
        }
    }
}
