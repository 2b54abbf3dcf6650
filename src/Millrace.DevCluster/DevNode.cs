using Millrace.Core.Model;
using Millrace.Core.ServerConfig;
using Millrace.Embedded;
using Millrace.Engine;

namespace Millrace.DevCluster;

/// <summary>One node of a development cluster: its files, and its process while it runs.</summary>
internal sealed class DevNode(string name, string folder) : IAsyncDisposable
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private EmbeddedNode? running;
    private string? runningConfig;

    public string Name { get; } = name;

    /// <summary>The server's own log.</summary>
    public string LogFile { get; } = Path.Combine(folder, "server.log");

    public bool IsRunning => running is { Process.HasExited: false };

    public int? ProcessId => IsRunning ? running!.Process.Id : null;

    private string DataFolder => Path.Combine(folder, "data");

    /// <summary>Writes the node's config files; a node that runs with others is stopped, to be started anew.</summary>
    /// <param name="access">A further file of users and profiles; empty for none.</param>
    public async Task ConfigureAsync(NodeConfig config, UsersConfig users, string access)
    {
        Directory.CreateDirectory(folder);
        var usersFile = Path.Combine(folder, "users.xml");
        var usersXml = UsersConfigXml.Render(users);
        var nodeXml = NodeConfigXml.Render(config with { LogFile = LogFile, UsersFile = usersFile, SchemaFolder = Path.Combine(folder, "format_schemas") });
        ClusterFolder.WritePrivate(usersFile, usersXml);
        ClusterFolder.WritePrivate(Path.Combine(folder, "config.xml"), nodeXml);
        var accessFile = Path.Combine(folder, "users.d", "millrace.xml");
        Directory.CreateDirectory(Path.GetDirectoryName(accessFile)!);
        if (access.Length > 0)
            ClusterFolder.WritePrivate(accessFile, access);
        else
            File.Delete(accessFile);
        if (IsRunning && runningConfig != nodeXml + usersXml + access)
            await StopAsync();
        runningConfig = nodeXml + usersXml + access;
    }

    /// <exception cref="UserErrorException">It does not start; the message says why.</exception>
    public async Task StartAsync(NodePorts ports, CancellationToken cancel)
    {
        if (IsRunning)
            return;
        var options = new NodeOptions
        {
            ConfigFile = Path.Combine(folder, "config.xml"),
            DataFolder = DataFolder,
            HttpPort = ports.Http,
            TcpPort = ports.Native,
        };
        running = await EmbeddedNode.StartAsync(options, Path.Combine(folder, "process.log"), cancel: cancel);
    }

    public async Task StopAsync()
    {
        if (running is not null)
            await running.Process.StopAsync(Grace);
    }

    public Task KillAsync() => Running().Process.KillAsync();

    public void Pause() => Running().Process.Pause();

    public void Resume() => Running().Process.Resume();

    /// <summary>Deletes the node's rows and tables: it starts blank.</summary>
    public void Wipe()
    {
        if (IsRunning)
            throw new InvalidOperationException($"{Name} is running: kill or stop it before its data is wiped.");
        if (Directory.Exists(DataFolder))
            Directory.Delete(DataFolder, recursive: true);
    }

    public async ValueTask DisposeAsync()
    {
        if (running is not null)
            await running.DisposeAsync();
    }

    private EmbeddedNode Running() => running switch
    {
        { Process.HasExited: false } => running,
        { Process: var ended } => throw new InvalidOperationException($"{Name} is not running: it ended with exit code {ended.ExitCode}."),
        null => throw new InvalidOperationException($"{Name} was not started."),
    };
}
