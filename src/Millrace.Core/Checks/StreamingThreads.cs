using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Core.Checks;

/// <summary>All consumers of a node share one pool of threads; those that find none wait.</summary>
internal static class StreamingThreads
{
    public const string Code = "MR211";

    /// <summary>Default of <c>background_message_broker_schedule_pool_size</c>.</summary>
    private const int DefaultPool = 16;

    public static IEnumerable<Finding> Run(Project project) =>
        from role in LegPlace.All(project).GroupBy(p => p.Pipeline.Role)
        let threads = role.Sum(p => (long)p.Leg.Consumers)
        where threads > DefaultPool
        select Finding.Warning(
            Code,
            $"the legs on the role `{role.Key}` have {threads} consumers per node, more than the {DefaultPool} threads that a server has for them by default",
            project.Sources.Find($"fleet.roles.{role.Key}"),
            "raise `background_message_broker_schedule_pool_size` on these nodes, or spread the pipelines over more roles");
}
