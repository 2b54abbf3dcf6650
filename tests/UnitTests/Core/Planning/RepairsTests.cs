using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class RepairsTests
{
    private static readonly Project Project = Projects.Project;

    private static ObservedFleet Fleet => Fleets.AsDeclared(Project);

    private static Repairs Of(ObservedFleet observed, Project? project = null, params string[] resting)
    {
        var request = new PlanRequest(project ?? Project, Fleets.Canonical(project ?? Project), observed, new PlanOptions());
        return Repairs.Of(Planner.Plan(request), request, resting.ToImmutableHashSet());
    }

    private static IEnumerable<string> Objects(Repairs repairs) => repairs.Plan.Steps.Select(step => step.Object.Name);

    private static ObservedFleet WithShape(ObservedFleet fleet, string node, string name, Func<ObjectShape, ObjectShape> change) =>
        fleet.WithObject(node, change(fleet.Find(node)!.Objects.Values.Single(shape => shape.Name.Name == name)));

    private static ObjectShape Retuned(ObjectShape kafka) =>
        kafka with { EngineFull = kafka.EngineFull.Replace("= 1", "= 9", StringComparison.Ordinal) };

    [Fact]
    public void A_blank_node_gets_everything_and_nothing_is_left()
    {
        var repairs = Of(Fleet.Blank("ing-1"));
        Assert.Empty(repairs.Left);
        Assert.Equal(["", "writable_events", "writable_ingestion_errors", "kafka_events", "ready_demo"], Objects(repairs));
    }

    [Fact]
    public void Another_tuning_is_left_to_people()
    {
        var repairs = Of(WithShape(Fleet, "ing-1", "kafka_events", Retuned));
        Assert.Equal(["kafka_events"], repairs.Left.Select(step => step.Object.Name));
        Assert.Empty(repairs.Plan.Steps);
    }

    [Fact]
    public void A_leg_without_one_of_its_views_is_made_anew()
    {
        var repairs = Of(Fleet.Without("ing-1", "events_mv"));
        Assert.Empty(repairs.Left);
        Assert.Equal(["ready_demo", "kafka_events", "ready_demo"], Objects(repairs));
    }

    [Fact]
    public void A_stand_in_that_a_broken_apply_left_is_replaced() =>
        Assert.Contains("kafka_events", Objects(Of(WithShape(Fleet, "ing-1", "kafka_events", kafka => kafka with { Engine = "Null", EngineFull = "Null" }))));

    [Fact]
    public void Nothing_is_dropped()
    {
        var repairs = Of(Fleet, Project with { Pipelines = [] });
        Assert.Empty(repairs.Plan.Steps);
        Assert.NotEmpty(repairs.Left);
    }

    [Fact]
    public void A_resting_node_is_left_alone_and_the_others_are_not()
    {
        var repairs = Of(Fleet.Blank("ing-1").Blank("ing-2"), resting: "ing-1");
        Assert.All(repairs.Plan.Steps, step => Assert.Equal(["ing-2"], step.Nodes));
        Assert.Contains("ready_demo", Objects(repairs));
    }

    [Fact]
    public void A_stream_waits_while_storage_needs_a_change_that_only_people_may_make()
    {
        static ObjectShape Narrower(ObjectShape table) => table with { Columns = [new ColumnShape("id", "UInt8")] };
        var observed = WithShape(WithShape(Fleet, "data-1", "sharded_events", Narrower), "data-2", "sharded_events", Narrower);
        var repairs = Of(observed.Blank("ing-1"));
        Assert.DoesNotContain(repairs.Plan.Steps, step => step.Owner == "pipelines/events");
        Assert.DoesNotContain("ready_demo", Objects(repairs));
    }

    [Fact]
    public void Readiness_stays_away_while_anything_on_the_node_waits()
    {
        var observed = WithShape(Fleet.Without("ing-1", "ready_demo"), "ing-1", "kafka_events", Retuned);
        Assert.DoesNotContain("ready_demo", Objects(Of(observed)));
    }
}
