using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class WorldCheckTests
{
    private static readonly ObservedFleet Then = Shapes.Observe(Shapes.Stream);
    private static readonly Plan Plan = Shapes.Plan(
        Shapes.With("sharded_events", shape => shape with { Columns = shape.Columns.Add(new ColumnShape("more", "String")) }), Then);

    private static ObservedFleet With(Func<ObservedNode, ObservedNode> change) => Then.Change("data-2", change);

    private static ObservedNode Put(ObservedNode node, string name, Func<ObjectShape, ObjectShape> change) =>
        node with { Objects = node.Objects.SetItem(Shapes.Name(name), change(node.Objects[Shapes.Name(name)])) };

    [Fact]
    public void A_plan_runs_in_the_world_that_it_was_made_for() => Assert.Empty(WorldCheck.Differences(Plan, Then));

    [Fact]
    public void What_the_plan_does_not_touch_may_change() =>
        Assert.Empty(WorldCheck.Differences(Plan, With(node => Put(node, "errors", shape => shape with { Comment = "other" }))));

    [Fact]
    public void Every_way_in_which_the_world_can_move_has_its_words()
    {
        var name = Shapes.Name("sharded_events");
        Assert.Equal(["d.sharded_events changed on data-2"], WorldCheck.Differences(Plan, With(node => Put(node, name.Name, shape => shape with { Comment = "" }))));
        Assert.Equal(["d.sharded_events is gone from data-2"], WorldCheck.Differences(Plan, With(node => node with { Objects = node.Objects.Remove(name) })));
        Assert.Equal(["data-2 does not answer any more"], WorldCheck.Differences(Plan, Then.Silence("data-2")));
        var creation = Shapes.Plan(Shapes.Stream, With(node => node with { Objects = node.Objects.Remove(name) }));
        Assert.Equal(["d.sharded_events appeared on data-2"], WorldCheck.Differences(creation, Then));
    }

    [Fact]
    public void A_mutation_that_began_meanwhile_is_in_the_way()
    {
        var busy = With(node => node with { Facts = MutationGuardTests.Busy("sharded_events") });
        Assert.Contains("unfinished mutation", Assert.Single(WorldCheck.Differences(Plan, busy)), StringComparison.Ordinal);
    }
}
