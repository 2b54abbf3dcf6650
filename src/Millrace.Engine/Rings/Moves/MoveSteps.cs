using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Core.Rings.Moves;

namespace Millrace.Engine.Rings.Moves;

/// <summary>A rebalance as the steps of a plan, for the journal: one per table, on the nodes that its rows move between.</summary>
internal static class MoveSteps
{
    public static Plan Of(Project project, Ring ring, MovePlanner planner) => new()
    {
        Project = project.Name,
        Steps =
        [
            .. planner.Tables.Select(table => new Step
            {
                Action = StepAction.Alter,
                Object = new Naming(project).Data(table.Pipeline.Table!),
                Owner = $"rings/{ring.Name}",
                Role = project.Fleet.FindCluster(ring.Cluster)!.Role,
                Phase = Phase.ContractStorage,
                Risk = Risk.Rewrites,
                Reason = $"rows move to the shards of their layers, epoch {ring.Lock!.Current.Number}",
                Statements = [$"millrace ring rebalance {ring.Name}"],
                Nodes = [.. planner.Shards.Select(shard => shard.Node.Name)],
                Before = [],
                Expect = [],
            }),
        ],
    };
}
