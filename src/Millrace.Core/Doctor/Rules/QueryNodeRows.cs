using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Doctor.Rules;

/// <summary>Rows that only a query node holds are seen by the queries that happen to reach it, and lost with it.</summary>
internal static class QueryNodeRows
{
    public const string Code = "MR509";

    public static DoctorRule Rule { get; } = new(Code, "query nodes hold rows of their own", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.NodesOf(RoleKind.Query)
        where node.Seen.Facts is not null
        from table in node.Seen.Facts!.Sizes.OrderBy(size => size.Key)
        select Finding.Warning(
            Code,
            $"`{table.Key}`: {Counted.Of(table.Value.Rows, "row")}, {ByteSize.Of(table.Value.Bytes)}",
            fix: "move them to storage nodes and drop the table: behind a load balancer every query may get another node").On(node.Node.Name);
}
