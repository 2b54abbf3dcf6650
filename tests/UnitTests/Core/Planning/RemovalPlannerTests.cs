using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class RemovalPlannerTests
{
    [Theory]
    [InlineData("Kafka", RoleKind.Ingestion, Phase.StopLegs)]
    [InlineData("MaterializedView", RoleKind.Ingestion, Phase.DropViews)]
    [InlineData("Distributed", RoleKind.Ingestion, Phase.ContractWritable)]
    [InlineData("Distributed", RoleKind.Query, Phase.ContractRead)]
    [InlineData("Dictionary", RoleKind.Query, Phase.ContractRead)]
    public void What_holds_no_rows_leaves_in_the_reverse_of_the_order_in_which_it_came(string engine, RoleKind role, Phase phase)
    {
        var shape = engine == "MaterializedView" ? Shapes.View("x", "y") : Shapes.Table("x", engine);
        var step = Assert.Single(RemovalPlanner.Plan(shape, role, new PlanOptions()).Steps);
        Assert.Equal((StepAction.Drop, phase), (step.Action, step.Phase));
        Assert.NotEqual(Risk.Destroys, step.Risk);
    }

    [Theory]
    [InlineData("MergeTree")]
    [InlineData("ReplicatedReplacingMergeTree")]
    [InlineData("KeeperMap")]
    [InlineData("Buffer")]
    [InlineData("AnEngineOfTomorrow")]
    public void What_may_hold_rows_stays_until_it_is_named(string engine)
    {
        var shape = Shapes.Table("x", engine);
        Assert.Single(RemovalPlanner.Plan(shape, RoleKind.Storage, new PlanOptions()).Held);
        foreach (var name in (string[])["x", "d.x"])
        {
            var step = Assert.Single(RemovalPlanner.Plan(shape, RoleKind.Storage, new PlanOptions { AllowDestroy = [name] }).Steps);
            Assert.Equal(Risk.Destroys, step.Risk);
        }
    }

    [Fact]
    public void A_view_without_a_target_holds_rows_of_its_own() =>
        Assert.Single(RemovalPlanner.Plan(Shapes.View("x", "y") with { Target = null }, RoleKind.Storage, new PlanOptions()).Held);

    [Fact]
    public void A_Distributed_table_sends_what_waits_before_it_goes() =>
        Assert.StartsWith(
            "SYSTEM FLUSH DISTRIBUTED", RemovalPlanner.Plan(Shapes.Table("x", "Distributed"), RoleKind.Ingestion, new PlanOptions()).Steps[0].Statements[0], StringComparison.Ordinal);

    [Fact]
    public void Objects_without_our_mark_are_never_removed()
    {
        var stranger = Shapes.Table("theirs", "Distributed") with { Comment = "" };
        var other = Shapes.Table("others", "Distributed") with { Comment = "millrace:another:pipelines/x" };
        var observed = Shapes.Observe(Shapes.Stream).Change("query-1", node => node with
        {
            Objects = node.Objects.Add(stranger.Name, stranger).Add(other.Name, other),
        });
        Assert.Empty(Shapes.Plan(Shapes.Stream, observed).Steps);
    }

    [Fact]
    public void What_stands_on_a_role_that_it_is_not_declared_for_is_removed_there()
    {
        var misplaced = Shapes.Stream[1].Shape;
        var observed = Shapes.Observe(Shapes.Stream).Change("query-1", node => node with { Objects = node.Objects.Add(misplaced.Name, misplaced) });
        var step = Assert.Single(Shapes.Plan(Shapes.Stream, observed).Steps);
        Assert.Equal((StepAction.Drop, "query-1"), (step.Action, Assert.Single(step.Nodes)));
    }
}
