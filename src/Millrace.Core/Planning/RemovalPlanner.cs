using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>Plans for objects that carry this project's mark and are no longer declared.</summary>
internal static class RemovalPlanner
{
    /// <param name="isOfStream">True for a view on a stream table.</param>
    public static ObjectPlan Plan(ObjectShape observed, RoleKind role, PlanOptions options, bool isOfStream = false)
    {
        var stateless = EngineTraits.HoldsNothing(observed);
        if (!stateless && !options.MayDestroy(observed.Name))
            return new ObjectPlan([], [], [(observed.Name, observed.Engine == "MaterializedView" ? "view with rows of its own" : "table")]);
        return ObjectPlan.Of(new StepDraft(
            StepAction.Drop,
            Mark.Read(observed.Comment)?.Owner == Readiness.Owner ? Phase.NotReady : isOfStream ? Phase.ContractWritable : PhaseOf.Contract(observed, role),
            stateless ? observed.Engine == "Kafka" && !EngineTraits.IsDoor(observed) ? Risk.Pauses : Risk.Safe : Risk.Destroys,
            $"no longer declared by {Mark.Read(observed.Comment)?.Owner}",
            DropSql.Of(observed),
            [new(observed.Name, observed)],
            [new(observed.Name, null)]));
    }
}
