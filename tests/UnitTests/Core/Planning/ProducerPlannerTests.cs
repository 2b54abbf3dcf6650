using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class ProducerPlannerTests
{
    private static readonly CanonicalObject Door = Shapes.Declare(Shapes.Table("producer_a", "Kafka", "id:UInt64 _key:String", "Kafka(msk) SETTINGS kafka_topic_list = 'then'"), "events", ObjectPurpose.SinkTable);
    private static readonly CanonicalObject Kafka = Shapes.Stream[4];
    private static readonly CanonicalObject View = Shapes.Declare(Shapes.View("a_mv", "producer_a"), "events", ObjectPurpose.LegView);
    private static readonly ObjectShape Old = Door.Shape with { EngineFull = "Kafka(msk) SETTINGS kafka_topic_list = 'now'" };

    private static ObjectPlan? Plan(params ImmutableArray<ObjectShape> observed) =>
        new ProducerPlanner([Door], [(Kafka, [View])], new PlanOptions()).Plan(observed.ToDictionary(shape => shape.Name));

    [Fact]
    public void Its_leg_goes_first_and_comes_back_last_one_node_at_a_time()
    {
        var step = Assert.Single(Plan(Old, Kafka.Shape, View.Shape)!.Steps);
        Assert.Equal((StepAction.Recreate, Risk.Pauses, Phase.Legs, true), (step.Action, step.Risk, step.Phase, step.OneNodeAtATime));
        Assert.Equal(
            ["DROP TABLE IF EXISTS d.kafka_events SYNC", "DROP TABLE IF EXISTS d.producer_a SYNC", "CREATE producer_a", "CREATE kafka_events"],
            step.Statements);
        Assert.Equal(Door.Name, step.Before[0].Name);
        Assert.Equal(3, step.Before.Length);
    }

    [Fact]
    public void What_else_the_leg_needs_is_done_while_it_rests()
    {
        var step = Assert.Single(Plan(Old, Kafka.Shape, View.Shape with { AsSelect = "SELECT 2" })!.Steps);
        Assert.Contains("ALTER TABLE d.a_mv MODIFY QUERY SELECT 1", step.Statements);
        Assert.Contains("SELECT changed", step.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_rests_for_a_producer_that_stays_or_that_is_missing_or_that_nothing_feeds()
    {
        Assert.Null(Plan(Door.Shape, Kafka.Shape, View.Shape));
        Assert.Null(Plan(Kafka.Shape, View.Shape));
        Assert.Null(Plan(Old, View.Shape));
    }
}
