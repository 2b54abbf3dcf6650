using System.Collections.Immutable;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class LegPlannerTests
{
    private static readonly LegPlanner Planner = new(Shapes.Stream[4], [Shapes.Stream[5], Shapes.Stream[6]]);
    private static readonly ObjectShape Kafka = Shapes.Stream[4].Shape;
    private static readonly ImmutableArray<ObjectShape?> Views = [Shapes.Stream[5].Shape, Shapes.Stream[6].Shape];

    private static StepDraft Step(ObjectShape? kafka, params ImmutableArray<ObjectShape?> views) => Assert.Single(Planner.Plan(kafka, views).Steps);

    [Fact]
    public void A_leg_as_declared_needs_no_step() => Assert.Empty(Planner.Plan(Kafka, Views).Steps);

    [Fact]
    public void On_a_blank_node_the_views_come_first_on_a_stand_in_and_the_Kafka_table_last()
    {
        var step = Step(null, null, null);
        Assert.Equal((StepAction.Create, Risk.Safe, "missing", false), (step.Action, step.Risk, step.Reason, step.OneNodeAtATime));
        Assert.Equal(
            ["CREATE STAND-IN", "CREATE events_mv", "CREATE events_errors_mv", "DROP TABLE IF EXISTS d.kafka_events SYNC", "CREATE kafka_events"],
            step.Statements);
    }

    [Fact]
    public void Retuning_makes_only_the_Kafka_table_anew_one_node_at_a_time()
    {
        var step = Step(Kafka with { EngineFull = "Kafka(msk) SETTINGS kafka_num_consumers = 4" }, Views);
        Assert.Equal((StepAction.Recreate, Risk.Pauses, true), (step.Action, step.Risk, step.OneNodeAtATime));
        Assert.Equal(["DROP TABLE IF EXISTS d.kafka_events SYNC", "CREATE kafka_events"], step.Statements);
    }

    [Fact]
    public void Another_select_changes_the_view_in_place_and_stops_nothing()
    {
        var step = Step(Kafka, Views[0]! with { AsSelect = "SELECT 2" }, Views[1]);
        Assert.Equal((StepAction.ModifyQuery, Risk.Safe), (step.Action, step.Risk));
        Assert.Equal(["ALTER TABLE d.events_mv MODIFY QUERY SELECT 1"], step.Statements);
    }

    [Fact]
    public void A_missing_view_is_made_while_nothing_consumes()
    {
        var step = Step(Kafka, Views[0], null);
        Assert.Equal(StepAction.Recreate, step.Action);
        Assert.Equal(
            [
                "DROP TABLE IF EXISTS d.kafka_events SYNC", "CREATE STAND-IN", "CREATE events_errors_mv",
                "DROP TABLE IF EXISTS d.kafka_events SYNC", "CREATE kafka_events",
            ],
            step.Statements);
    }

    [Fact]
    public void A_stand_in_that_an_unfinished_apply_left_gives_way_without_a_pause()
    {
        var step = Step(Kafka with { Engine = "Null", EngineFull = "Null" }, Views);
        Assert.Equal((StepAction.Create, Risk.Safe, false), (step.Action, step.Risk, step.OneNodeAtATime));
        Assert.Equal(["DROP TABLE IF EXISTS d.kafka_events SYNC", "CREATE kafka_events"], step.Statements);
    }

    [Fact]
    public void A_view_with_another_target_is_made_anew()
    {
        var step = Step(Kafka, Views[0]! with { Target = Shapes.Name("elsewhere") }, Views[1]);
        Assert.Contains("DROP TABLE IF EXISTS d.events_mv SYNC", step.Statements);
        Assert.Equal(StepAction.Recreate, step.Action);
    }

    [Fact]
    public void Something_with_rows_under_a_name_of_the_leg_is_never_dropped()
    {
        ImmutableArray<ObjectPlan> plans =
        [
            Planner.Plan(Shapes.Table("kafka_events", "MergeTree"), Views),
            Planner.Plan(Kafka, [Shapes.Table("events_mv", "MergeTree"), Views[1]]),
            Planner.Plan(Kafka, [Views[0]! with { Target = null }, Views[1]]),
        ];
        Assert.All(plans, plan =>
        {
            Assert.Empty(plan.Steps);
            Assert.Equal("MR150", Assert.Single(plan.Refusals).Code);
        });
    }
}
