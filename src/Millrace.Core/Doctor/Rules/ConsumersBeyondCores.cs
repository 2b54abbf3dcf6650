using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Consumers of one table beyond the node's cores wait for each other.</summary>
internal static class ConsumersBeyondCores
{
    public const string Code = "MR253";

    public static DoctorRule Rule { get; } = new(Code, "more consumers than cores", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        where node.Cores is not null
        from table in node.KafkaTables
        where table.Consumers > node.Cores
        select Finding.Warning(
            Code,
            $"`{table.Name}`: {Counted.Of(table.Consumers, "consumer")} on {Counted.Of(node.Cores!.Value, "core")}",
            fix: $"at most {node.Cores} consumers on such a node; more nodes if that is too slow").On(node.Node.Name);
}
