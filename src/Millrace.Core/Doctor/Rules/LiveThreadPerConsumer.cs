using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Without a thread each, one thread flushes for all consumers of a table (ClickHouse#35153).</summary>
internal static class LiveThreadPerConsumer
{
    public const string Code = "MR255";

    public static DoctorRule Rule { get; } = new(Code, "one thread flushes for many consumers", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        from table in node.KafkaTables
        where table.Consumers > 1 && !table.HasThreadPerConsumer
        select Finding.Warning(
            Code,
            $"`{table.Name}`: {table.Consumers} consumers and `kafka_thread_per_consumer` is off",
            fix: "apply the declaration: `millrace apply` creates the table anew with a thread each; its offsets stay").On(node.Node.Name);
}
