using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>A read-only replica refuses every row, and Kafka retries without end; a late one answers with old rows.</summary>
internal static class SickReplicas
{
    public const string Code = "MR277";

    public static DoctorRule Rule { get; } = new(Code, "replicas are read-only or late", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        where node.Replicas is not null
        from replica in node.Replicas!.Value
        where replica.IsReadOnly || replica.Delay > facts.Limits.ReplicaDelay
        select new Finding(
            Code,
            replica.IsReadOnly ? Severity.Error : Severity.Warning,
            $"`{replica.Table}`: "
                + (replica.IsReadOnly ? "read-only, it takes no rows" : $"{Lasting.Of(replica.Delay)} behind, {replica.Queued} entries of its queue to do")
                + (replica.Error.Length > 0 ? $"; {FirstLine.Of(replica.Error)}" : ""),
            Fix: replica.IsReadOnly
                ? $"see that the node reaches Keeper, then SYSTEM RESTART REPLICA {Sql.Quote.Name(replica.Table)}; where Keeper has lost the table: SYSTEM RESTORE REPLICA"
                : "look at last_exception in system.replication_queue, and at the load of the replicas it fetches from")
            .On(node.Node.Name);
}
