using System.Diagnostics;
using Millrace.Engine;

namespace Millrace.Embedded;

/// <summary>
/// Runs the same node from the user's own <c>clickhouse</c> binary, so that its version can match a fleet's, until
/// standard input closes.
/// </summary>
public static class EngineHost
{
    /// <summary>Blocks while the server lives and returns its exit code.</summary>
    /// <exception cref="UserErrorException">The binary is missing, or the ports were not given.</exception>
    public static int Run(string enginePath, NodeOptions options)
    {
        if (!File.Exists(enginePath))
            throw new UserErrorException($"--engine {enginePath}: there is no such file.");
        if (options.TcpPort == 0 || options.HttpPort == 0)
            throw new UserErrorException("--engine needs --tcp-port and --http-port: `clickhouse server` cannot choose free ports.");

        NodeHost.Prepare(options);
        var server = Process.Start(Command(enginePath, options))
            ?? throw new UserErrorException($"--engine {enginePath} could not be started.");
        server.StandardInput.Close();
        InBackground("stdin watch", () => StopWhenInputCloses(server));
        InBackground("readiness", () => AnnounceWhenReady(server, options));
        server.WaitForExit();
        return server.ExitCode;
    }

    /// <summary>
    /// <c>setpriv</c> lets the kernel end the server when this process is killed. It watches the starting thread, which
    /// is the main one, blocked in <see cref="Run"/> for as long as the server lives.
    /// </summary>
    internal static ProcessStartInfo Command(string enginePath, NodeOptions options)
    {
        const string Setpriv = "/usr/bin/setpriv";
        string[] command = File.Exists(Setpriv)
            ? [Setpriv, "--pdeathsig", "KILL", "--", enginePath, .. options.ServerArguments()]
            : [enginePath, .. options.ServerArguments()];
        return new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true, UseShellExecute = false };
    }

    private static void StopWhenInputCloses(Process server)
    {
        using var input = Console.OpenStandardInput();
        input.CopyTo(Stream.Null);
        server.Kill(entireProcessTree: true);
    }

    /// <summary>Writes the ports file as the embedded server does, so that whoever waits need not know which engine runs.</summary>
    private static void AnnounceWhenReady(Process server, NodeOptions options)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        while (!server.HasExited)
        {
            if (Answers(http, new Uri($"http://{options.ListenHost}:{options.HttpPort}/ping")))
            {
                File.WriteAllText(options.PortsFile, $"{options.HttpPort}\t{options.TcpPort}\n");
                return;
            }

            Thread.Sleep(50);
        }
    }

    private static bool Answers(HttpClient http, Uri ping)
    {
        try
        {
            using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, ping));
            return answer.IsSuccessStatusCode;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException)
        {
            return false;
        }
    }

    private static void InBackground(string name, ThreadStart work) =>
        new Thread(work) { IsBackground = true, Name = name }.Start();
}
