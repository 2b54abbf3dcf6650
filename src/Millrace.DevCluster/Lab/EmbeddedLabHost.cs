using System.Globalization;
using Millrace.ClickHouse.Http;
using Millrace.Core.Model;
using Millrace.Embedded;
using Millrace.Engine.Lab;

namespace Millrace.DevCluster.Lab;

/// <summary>Labs as child processes of this one, on libchdb.</summary>
public sealed class EmbeddedLabHost(HttpNodeConnector connector) : ILabHost
{
    public string EngineId
    {
        get
        {
            var library = new FileInfo(LibChdb.Locate());
            return string.Create(
                CultureInfo.InvariantCulture, $"libchdb {library.Length} {library.LastWriteTimeUtc:O} {LabServerConfig.Version}");
        }
    }

    public int[] FreePorts(int count) => Embedded.FreePorts.Take(count);

    public async Task<ILab> StartAsync(LabConfig config, CancellationToken cancel)
    {
        var folder = Directory.CreateTempSubdirectory("millrace-lab-").FullName;
        try
        {
            var file = Path.Combine(folder, "lab.xml");
            await File.WriteAllTextAsync(file, LabServerConfig.Render(config, folder), cancel);
            await File.WriteAllTextAsync(Path.Combine(folder, "users.xml"), LabServerConfig.Users, cancel);
            var node = await EmbeddedNode.StartAsync(
                new NodeOptions { ConfigFile = file, DataFolder = Path.Combine(folder, "data"), TcpPort = config.Port }, cancel: cancel);
            return new EmbeddedLab(node, connector.Connect(node.Http, new ConnectOptions()), folder);
        }
        catch
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }
}
