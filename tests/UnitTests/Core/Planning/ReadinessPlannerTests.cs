using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class ReadinessPlannerTests
{
    private const string Ready = "ready_demo";

    private static readonly Project Project = Projects.Project;

    private static ObservedFleet Fleet => Fleets.AsDeclared(Project);

    private static IEnumerable<string> Steps(ObservedFleet observed, Project? project = null) =>
        Fleets.Plan(project ?? Project, observed).Steps.Select(step => $"{step.Phase} {step.Action} {step.Object.Name} {string.Join(',', step.Nodes)}");

    private static Project WithSecondStream() => Project with
    {
        Pipelines = Project.Pipelines.Add(Projects.Pipeline with
        {
            Name = "clicks",
            Legs = [Projects.Leg with { Topic = "clicks", Group = "c" }],
            Into = Projects.Pipeline.Table! with { Table = "clicks" },
        }),
    };

    [Fact]
    public void A_fleet_as_declared_needs_nothing() => Assert.Empty(Steps(Fleet));

    [Fact]
    public void A_blank_node_says_that_it_is_ready_after_everything_else()
    {
        var steps = Fleets.Plan(Project, Fleet.Blank("ing-1")).Steps;
        Assert.Equal(Phase.Databases, steps[0].Phase);
        Assert.Equal((Phase.Legs, Phase.Ready), (steps[^2].Phase, steps[^1].Phase));
        Assert.Equal(["CREATE DATABASE IF NOT EXISTS millrace"], steps[^1].Statements.Take(1));
    }

    [Fact]
    public void A_node_that_lost_an_object_takes_its_word_back_first() =>
        Assert.Equal(
            ["NotReady Drop ready_demo query-1", "ExpandRead Create events query-1", "Ready Create ready_demo query-1"],
            Steps(Fleet.Without("query-1", "events")));

    [Fact]
    public void A_node_serves_on_while_objects_are_only_added()
    {
        var plan = Fleets.Plan(WithSecondStream(), Fleet);
        Assert.DoesNotContain(plan.Steps, step => step.Phase == Phase.NotReady);
        Assert.All(plan.Steps.Where(step => step.Phase == Phase.Ready), step =>
        {
            Assert.Equal(StepAction.Replace, step.Action);
            Assert.StartsWith("CREATE OR REPLACE VIEW millrace.ready_demo", step.Statements[0], StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_leg_that_is_made_anew_makes_its_node_unready_meanwhile()
    {
        var kafka = Fleet.Find("ing-2")!.Objects.Values.Single(o => o.Engine == "Kafka");
        var changed = kafka with { EngineFull = kafka.EngineFull.Replace("= 1", "= 9", StringComparison.Ordinal) };
        Assert.Equal(
            ["NotReady Drop ready_demo ing-2", "Legs Recreate kafka_events ing-2", "Ready Create ready_demo ing-2"],
            Steps(Fleet.WithObject("ing-2", changed)));
    }

    [Fact]
    public void A_node_that_waits_for_storage_does_not_claim_the_new_declaration()
    {
        var steps = Fleets.Plan(WithSecondStream(), Fleet.Silent("data-2")).Steps;
        Assert.DoesNotContain(steps, step => step.Object.Name == Ready);
    }

    [Fact]
    public void A_blank_node_is_filled_while_a_storage_node_is_silent() =>
        Assert.EndsWith("Ready Create ready_demo ing-1", Steps(Fleet.Blank("ing-1").Silent("data-2")).Last(), StringComparison.Ordinal);

    [Fact]
    public void Without_pipelines_the_word_goes_before_the_streams_do()
    {
        var steps = Fleets.Plan(Project with { Pipelines = [] }, Fleet).Steps;
        Assert.Equal([Ready, Ready, "kafka_events"], steps.Select(step => step.Object.Name).Take(3));
    }

    [Fact]
    public void Storage_nodes_say_nothing() =>
        Assert.DoesNotContain(Fleet.Find("data-1")!.Objects.Keys, name => name.Name == Ready);
}
