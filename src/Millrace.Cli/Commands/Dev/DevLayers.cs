using Millrace.Core.Balancer;
using Millrace.Core.Checks;
using Millrace.Core.Layers;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Engine;
using Millrace.Engine.Specs;
using Millrace.HashRing;

namespace Millrace.Cli.Commands.Dev;

/// <summary>
/// What a development cluster takes over from the project in whose folder it is started: its rings, and of query layers
/// with the same name their tables, settings, users and load balancer.
/// </summary>
internal sealed class DevLayers
{
    /// <summary>Frontends count up from here: HTTP 18101, native 19101, and so on.</summary>
    private const int FirstPort = 18101;

    private const int NativeOffset = 1000;

    private const string Stats = "127.0.0.1:18099";

    private readonly Project? declared;
    private readonly ClusterFolder files;
    private readonly string project;

    public DevLayers(string project, string folder)
    {
        this.project = project;
        files = new ClusterFolder(folder);
        declared = File.Exists(Path.Combine(project, ProjectLoader.ProjectFile))
            ? ProjectLoader.Load(project, new LoadOptions { Overlook = [RingWithoutLock.Code, RingLockDiffers.Code, RingLockDiffers.Idle] }).Project
            : null;
    }

    /// <summary>Writes the users and profiles that the nodes start with.</summary>
    public void WriteAccess(DevClusterSpec spec)
    {
        if (declared is null)
            return;
        var known = declared with { Fleet = declared.Fleet with { Roles = [.. spec.Roles.Select(role => WithLayer(new Role(role.Name, role.Kind)))] } };
        foreach (var role in known.Fleet.Roles)
        {
            var file = files.AccessFile(role.Name);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            if (LayerUsersXml.Render(known, role) is { } text)
                File.WriteAllText(file, text);
            else
                File.Delete(file);
        }
    }

    /// <summary>The development fleet with rings and layers.</summary>
    public Fleet Over(Fleet fleet, bool balanced, bool ownLocks)
    {
        var port = FirstPort;
        var roles = fleet.Roles.Select(WithLayer).Select(role => !balanced || role.Kind != RoleKind.Query
            ? role
            : role with { Layer = (role.Layer ?? new QueryLayer()) with { Balance = Ports(role.Layer?.Balance, port++) } });
        var rings = (declared?.Fleet.Rings ?? []).Where(ring => fleet.FindCluster(ring.Cluster) is not null)
            .Select(ring => ownLocks ? ring with { LockFile = DevLock(ring), Lock = ReadLock(DevLock(ring)) } : ring);
        return fleet with { Roles = [.. roles], Rings = [.. rings] };
    }

    /// <summary>Writes the balancer's configuration and returns its frontends: layer, HTTP address, native address.</summary>
    /// <exception cref="UserErrorException">There is no project to balance.</exception>
    public IReadOnlyList<(string Layer, string Http, string Native)> WriteBalancer(Fleet fleet)
    {
        if (declared is null)
            throw new UserErrorException("--haproxy needs a project here: without tables there is nothing to balance. `millrace init` writes one");
        if (fleet.Rings.FirstOrDefault(ring => ring.Lock is null && declared.Pipelines.Any(pipeline => pipeline.Table?.Ring?.Ring == ring.Name)) is { } blank)
            throw new UserErrorException($"the ring `{blank.Name}` has not begun, so nothing can be ready: `millrace ring apply {blank.Name}`, then this command again");
        File.WriteAllText(files.BalancerFile, HaproxyConfig.Render(
            declared with { Fleet = fleet },
            new BalancerOptions { Bind = "127.0.0.1", Stats = Stats, SlowStart = TimeSpan.FromSeconds(2) }));
        return [.. HaproxyConfig.Layers(fleet).Select(layer => (
            layer.Name, $"http://127.0.0.1:{layer.Layer!.Balance!.Http}", $"127.0.0.1:{layer.Layer.Balance.Native}"))];
    }

    public bool HasBalancer => File.Exists(files.BalancerFile);

    private RingLock? ReadLock(string file) =>
        Path.Combine(project, file) is var path && File.Exists(path) ? RingLockJson.Parse(File.ReadAllText(path)) : null;

    private Role WithLayer(Role role) => declared?.Fleet.FindRole(role.Name) is { Layer: { } layer, Kind: var kind } && kind == role.Kind
        ? role with { Layer = layer with { Balance = null } }
        : role;

    private static Balancing Ports(Balancing? declared, int port) =>
        (declared ?? new Balancing()) with { Http = port, Native = port + NativeOffset, Certificate = null };

    /// <summary>A fleet of other shards has another assignment.</summary>
    private static string DevLock(Ring ring) =>
        ring.LockFile.EndsWith(".lock.json", StringComparison.Ordinal) ? $"{ring.LockFile[..^".lock.json".Length]}.dev.lock.json" : $"{ring.LockFile}.dev";
}
