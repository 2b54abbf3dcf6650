using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Rings;
using Millrace.Core.ServerConfig;

namespace Millrace.Core.Doctor.Rules;

/// <summary>
/// A ring's expression selects shards by their place in <c>remote_servers</c>: a node that lists them in another order
/// writes rows to the wrong ones.
/// </summary>
internal static class RingOrder
{
    public const string Code = "MR511";

    public static DoctorRule Rule { get; } = new(Code, "remote_servers lists the shards of a ring in another order", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from table in RingTable.All(facts.Project)
        group table by (table.Cluster.Name, table.Pipeline.Role) into writing
        let cluster = writing.First().Cluster
        let shards = Ring.ShardsOf(facts.Project.Fleet, cluster).Select(shard => shard.Shard).ToList()
        from node in facts.NodesOf(writing.Key.Role)
        from member in node.Seen.Clusters
        where member.Cluster == cluster.Name
        let declared = facts.Project.Fleet.Nodes.FirstOrDefault(known => cluster.Contains(known) && known.Native is { } native
            && HostPort.Parse(native) is var address && address.Port == member.Port && (address.Host == member.Host || address.Host == member.Address))
        where declared is not null && shards.IndexOf(declared.Shard) + 1 != member.Shard
        select Finding.Error(
            Code,
            $"`{declared.Name}` holds shard {declared.Shard}, which is number {shards.IndexOf(declared.Shard) + 1} of the cluster `{cluster.Name}`, but this node has it as number {member.Shard}: rows for one go to another",
            fix: $"list the shards of `{cluster.Name}` in remote_servers by their numbers: {string.Join(", ", shards)}").On(node.Node.Name);
}
