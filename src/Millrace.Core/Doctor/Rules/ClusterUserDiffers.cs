using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Without a secret in remote_servers, queries run on shards as the user that is written there.</summary>
internal static class ClusterUserDiffers
{
    public const string Code = "MR264";

    public static DoctorRule Rule { get; } = new(Code, "queries run as another user on the shards", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        where node.ClusterUsers is not null
        from shard in node.ClusterUsers!.Value
        where shard.User != facts.Project.Fleet.Connect.User
        select Finding.Warning(
            Code,
            $"cluster `{shard.Cluster}`: asked as `{facts.Project.Fleet.Connect.User}`, answered as `{shard.User}`: there is no <secret>",
            fix: "put the same <secret> into this cluster's entry of remote_servers on every node").On(node.Node.Name);
}
