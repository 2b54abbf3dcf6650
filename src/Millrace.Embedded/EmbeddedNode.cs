using System.Diagnostics;
using System.Globalization;
using Millrace.Engine;

namespace Millrace.Embedded;

/// <summary>A ClickHouse server in a child process of this one: it is gone when this process is, or when disposed.</summary>
public sealed class EmbeddedNode : IAsyncDisposable
{
    /// <summary>A start takes 0.3 s on an idle machine; this allows for a crowded one.</summary>
    public static readonly TimeSpan StartTimeout = TimeSpan.FromSeconds(60);

    private EmbeddedNode(NodeOptions options, OwnedProcess process, int httpPort, int tcpPort)
    {
        Options = options;
        Process = process;
        Http = new Uri($"http://{options.ListenHost}:{httpPort}");
        Native = $"{options.ListenHost}:{tcpPort}";
    }

    public NodeOptions Options { get; }

    public OwnedProcess Process { get; }

    /// <summary>HTTP address.</summary>
    public Uri Http { get; }

    /// <summary>Native protocol address, <c>host:port</c>.</summary>
    public string Native { get; }

    /// <summary>Starts the server and returns once it listens.</summary>
    /// <param name="outputFile">Where the process's own output goes; null: <c>process.log</c> in the data folder.</param>
    /// <param name="engine">The user's <c>clickhouse</c> binary to run instead of libchdb; null for libchdb.</param>
    /// <exception cref="UserErrorException">It did not start; the message carries the last lines of its output.</exception>
    public static async Task<EmbeddedNode> StartAsync(
        NodeOptions options, string? outputFile = null, string? engine = null, CancellationToken cancel = default)
    {
        Directory.CreateDirectory(options.DataFolder);
        File.Delete(options.PortsFile);
        var process = OwnedProcess.Start(
            MillraceExecutable.Locate(), Arguments(options, engine), outputFile ?? Path.Combine(options.DataFolder, "process.log"));
        try
        {
            var (http, tcp) = await WaitForPortsAsync(options, process, cancel);
            return new EmbeddedNode(options, process, http, tcp);
        }
        catch
        {
            await process.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Process.DisposeAsync();

    internal static string[] Arguments(NodeOptions options, string? engine) =>
    [
        "node",
        "--config", options.ConfigFile,
        "--path", options.DataFolder,
        "--listen", options.ListenHost,
        "--tcp-port", options.TcpPort.ToString(CultureInfo.InvariantCulture),
        "--http-port", options.HttpPort.ToString(CultureInfo.InvariantCulture),
        .. engine is null ? Array.Empty<string>() : ["--engine", engine],
    ];

    private static async Task<(int Http, int Tcp)> WaitForPortsAsync(NodeOptions options, OwnedProcess process, CancellationToken cancel)
    {
        var since = Stopwatch.StartNew();
        while (true)
        {
            if (await ReadPortsAsync(options.PortsFile, cancel) is { } ports)
                return ports;
            if (process.HasExited)
                throw new UserErrorException(NodeFailure.Explain(await process.LastOutputAsync(), options));
            if (since.Elapsed > StartTimeout)
                throw new UserErrorException(
                    $"the node in {options.DataFolder} did not listen within {StartTimeout.TotalSeconds:0} s. "
                    + $"Its output is in {process.OutputFile}:\n{await process.LastOutputAsync()}");
            await Task.Delay(10, cancel);
        }
    }

    private static async Task<(int Http, int Tcp)?> ReadPortsAsync(string file, CancellationToken cancel)
    {
        if (!File.Exists(file))
            return null;
        var text = await File.ReadAllTextAsync(file, cancel);
        if (!text.EndsWith('\n'))
            return null; // Still being written.
        var ports = text.Trim().Split('\t').Select(p => int.Parse(p, CultureInfo.InvariantCulture)).ToArray();
        return (ports[0], ports[1]);
    }
}
