using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Discover;

/// <summary>
/// Finds the nodes of a fleet: any entry host that answers names the members of the clusters, and each member is asked
/// for its role itself, because a list of hosts is only a list.
/// </summary>
public sealed class FleetDiscovery(INodeConnector connector)
{
    private const int Parallelism = 256;

    /// <returns>The fleet as it is when it declares no discovery.</returns>
    /// <exception cref="NodeUnreachableException">No entry host answers.</exception>
    public async Task<DiscoveryResult> DiscoverAsync(Fleet fleet, CancellationToken cancel = default)
    {
        if (fleet.Discovery is not { } discovery)
            return new DiscoveryResult(fleet, []);
        var (entry, members) = await AskEntryHostsAsync(fleet, discovery, cancel);
        var hosts = members.GroupBy(FoundHost.Identity).Select(listed => new FoundHost([.. listed])).ToList();
        var findings = ImmutableArray.CreateBuilder<Finding>();
        findings.AddRange(UnknownClusters(discovery, members, entry));
        findings.AddRange(SharedAddresses(hosts));

        var names = NodeNames(hosts);
        var nodes = new Node[hosts.Count];
        var silent = new string?[hosts.Count];
        await Parallel.ForAsync(0, hosts.Count, new ParallelOptions { MaxDegreeOfParallelism = Parallelism }, async (i, _) =>
        {
            var http = hosts[i].Http(entry, discovery.HttpPort);
            var (identity, trouble) = await AskAsync(http, fleet.Connect, cancel);
            nodes[i] = hosts[i].ToNode(names[i], http, identity);
            silent[i] = trouble;
        });

        findings.AddRange(nodes.Zip(silent).SelectMany(pair => HostFindings(fleet, pair.First, pair.Second)));
        findings.AddRange(RolesWithoutNodes(fleet, nodes, silent.Count(trouble => trouble is not null)));
        // A server with another role is somebody else's; one with none may be ours and is left to the findings.
        var ours = nodes.Where((node, i) => fleet.FindRole(node.Role) is not null || silent[i] is not null);
        return new DiscoveryResult(
            fleet with
            {
                Nodes = [.. ours.Select(node => Stateless(fleet, node)).OrderBy(n => n.Role, StringComparer.Ordinal)
                    .ThenBy(n => n.Shard).ThenBy(n => n.Name, StringComparer.Ordinal)],
            },
            findings.ToImmutable());
    }

    private async Task<(Uri Entry, ImmutableArray<ClusterMember> Members)> AskEntryHostsAsync(
        Fleet fleet, Discovery discovery, CancellationToken cancel)
    {
        var troubles = new List<string>();
        foreach (var entry in discovery.Entry)
        {
            try
            {
                var identity = await NodeIdentity.ReadAsync(connector.Connect(entry, fleet.Connect), discovery.Clusters, cancel);
                return (entry, identity.Clusters);
            }
            catch (NodeUnreachableException gone)
            {
                troubles.Add(gone.Message);
            }
            catch (ServerErrorException error)
            {
                troubles.Add($"{entry.Authority}: {error.Message}");
            }
        }

        throw new NodeUnreachableException(
            $"none of the {troubles.Count} entry hosts of fleet.yaml's `discovery` can be asked:\n  "
            + string.Join("\n  ", troubles),
            mayHaveRun: false);
    }

    private async Task<(NodeIdentity? Identity, string? Trouble)> AskAsync(Uri http, ConnectOptions connect, CancellationToken cancel)
    {
        try
        {
            return (await NodeIdentity.ReadAsync(connector.Connect(http, connect), [], cancel), null);
        }
        catch (Exception error) when (error is NodeUnreachableException or ServerErrorException)
        {
            return (null, error.Message);
        }
    }

    /// <summary>The host's name, with the port where several servers share the host.</summary>
    private static string[] NodeNames(List<FoundHost> hosts)
    {
        var shared = hosts.CountBy(host => host.Name).Where(pair => pair.Value > 1).Select(pair => pair.Key).ToHashSet();
        return [.. hosts.Select(host => shared.Contains(host.Name) ? host.Native : host.Name)];
    }

    /// <summary>Only storage has shards; a macro <c>shard</c> on another node means nothing to Millrace.</summary>
    private static Node Stateless(Fleet fleet, Node node) =>
        fleet.FindRole(node.Role)?.Kind == RoleKind.Storage ? node : node with { Shard = 0, Replica = null };

    private static IEnumerable<Finding> UnknownClusters(
        Discovery discovery, ImmutableArray<ClusterMember> members, Uri entry) =>
        from cluster in discovery.Clusters
        where members.All(member => member.Cluster != cluster)
        select Finding.Error(
            DiscoveryCodes.ClusterUnknown,
            $"entry host {entry.Authority} knows no cluster `{cluster}`",
            fix: "SELECT DISTINCT cluster FROM system.clusters shows what it knows");

    private static IEnumerable<Finding> SharedAddresses(List<FoundHost> hosts) =>
        from host in hosts
        group host by host.Name into servers
        where servers.Count() > 1
        select Finding.Error(
            DiscoveryCodes.SharedAddress,
            $"{servers.Count()} servers run on {servers.Key}, and their HTTP ports cannot be discovered",
            fix: "list the fleet's nodes in fleet.yaml under `nodes`");

    private static IEnumerable<Finding> HostFindings(Fleet fleet, Node node, string? trouble)
    {
        if (trouble is not null)
        {
            yield return Finding.Warning(
                DiscoveryCodes.HostSilent, $"{node.Name} is in the fleet's clusters, but its role is unknown: {trouble}");
        }
        else if (node.Role.Length == 0)
        {
            yield return Finding.Error(
                DiscoveryCodes.NoRoleMacro,
                $"{node.Name} has no macro `{NodeIdentity.RoleMacro}`, so nothing is placed on it",
                fix: $"set <macros><{NodeIdentity.RoleMacro}> in its configuration");
        }
        else if (fleet.FindRole(node.Role) is null)
        {
            yield return Finding.Warning(
                DiscoveryCodes.UndeclaredRole,
                $"{node.Name} has the role `{node.Role}`, which fleet.yaml does not declare; it is left alone");
        }
    }

    private static IEnumerable<Finding> RolesWithoutNodes(Fleet fleet, Node[] nodes, int silent) =>
        from role in fleet.Roles
        where nodes.All(node => node.Role != role.Name)
        select Finding.Error(
            DiscoveryCodes.RoleWithoutNodes,
            $"role `{role.Name}` has no nodes" + (silent > 0 ? $" among those that answer ({silent} do not)" : ""),
            fix: $"discovery.clusters must name a cluster whose hosts have the macro {NodeIdentity.RoleMacro} = {role.Name}");
}
