using System.Globalization;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Embedded;
using Millrace.Engine.Lab;

namespace Millrace.DevCluster.Lab;

/// <summary>Labs as child processes of this one, on libchdb.</summary>
public sealed class EmbeddedLabHost(HttpNodeConnector connector) : ILabHost
{
    private const string Prefix = "millrace-lab-";

    private const string Memory = "/dev/shm";

    private const long MemoryNeeded = 2L << 30;

    /// <summary>A lab that is just starting or ending holds no lock either.</summary>
    private static readonly TimeSpan Forgotten = TimeSpan.FromMinutes(10);

    private readonly Lazy<string> _engineId = new(() => string.Create(CultureInfo.InvariantCulture, $"libchdb {LibChdb.Build(LibChdb.Locate())} {LabServerConfig.Version}"));

    public string EngineId => _engineId.Value;

    public int[] FreePorts(int count) => Embedded.FreePorts.Take(count);

    public async Task<ILab> StartAsync(LabConfig config, CancellationToken cancel)
    {
        var folder = NewFolder();
        try
        {
            var file = Path.Combine(folder, "lab.xml");
            await File.WriteAllTextAsync(file, LabServerConfig.Render(config, folder), cancel);
            await File.WriteAllTextAsync(Path.Combine(folder, "users.xml"), LabServerConfig.RenderUsers(config), cancel);
            var node = await EmbeddedNode.StartAsync(
                new NodeOptions { ConfigFile = file, DataFolder = Path.Combine(folder, "data"), TcpPort = config.Port }, cancel: cancel);
            var lab = new EmbeddedLab(node, connector.Connect(node.Http, new ConnectOptions()), folder);
            if (!config.Presumed.Logs.IsEmpty)
                await lab.Connection.ExecuteAsync("SYSTEM FLUSH LOGS", cancel: cancel); // Makes their tables.
            return lab;
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }

    /// <summary>
    /// In memory where there is enough of it set aside: a thousand tables are many small files, and making them on a disk
    /// takes longer than all the rest.
    /// </summary>
    private static string NewFolder()
    {
        if (OperatingSystem.IsWindows() || !Directory.Exists(Memory) || new DriveInfo(Memory).AvailableFreeSpace < MemoryNeeded)
            return Directory.CreateTempSubdirectory(Prefix).FullName;
        var folder = Path.Combine(Memory, Prefix + Path.GetRandomFileName());
        try
        {
            DropForgotten();
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            return folder;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Directory.CreateTempSubdirectory(Prefix).FullName;
        }
    }

    /// <summary>Labs of a process that was killed: memory is not given back by a reboot that may be a year away.</summary>
    private static void DropForgotten()
    {
        foreach (var folder in Directory.EnumerateDirectories(Memory, Prefix + "*"))
        {
            var node = new NodeOptions { ConfigFile = "", DataFolder = Path.Combine(folder, "data") };
            try
            {
                if (new[] { folder, node.DataFolder }.Max(Directory.GetLastWriteTimeUtc) < DateTime.UtcNow - Forgotten && !node.IsServed)
                    Directory.Delete(folder, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Another user's, who will find it.
            }
        }
    }
}
