using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

/// <summary>Messages that wait must not be left behind without a word.</summary>
public sealed class PassedOverTests
{
    private const string Now = "Kafka(msk, kafka_topic_list = 'events', kafka_group_name = 'g', kafka_format = 'JSONEachRow')";

    [Theory]
    [InlineData("kafka_format = 'CSV'", "kafka_format = 'JSONEachRow'", null, null)]
    [InlineData("kafka_topic_list = 'events'", "kafka_topic_list = 'events_2'", null, "in place of `events`")]
    [InlineData("kafka_group_name = 'g'", "kafka_group_name = 'h'", null, null)] // It begins at the oldest message.
    [InlineData("kafka_group_name = 'g'", "kafka_group_name = 'h'", "latest", "as the group `h` in place of `g`")]
    public void A_leg_that_would_leave_messages_behind_is_refused(string from, string to, string? reset, string? refusal)
    {
        var options = reset is null ? null : ImmutableSortedDictionary<string, string>.Empty.Add("auto.offset.reset", reset);
        var project = Projects.Project with { Fleet = Projects.Fleet with { Brokers = [new Broker("msk", "msk", Options: options)] } };
        var declared = With(Fleets.Canonical(project), Now.Replace(from, to, StringComparison.Ordinal));

        var plan = Plan(project, declared, new PlanOptions());

        if (refusal is null)
            Assert.Empty(plan.Refusals);
        else
            Assert.Contains(refusal, Assert.Single(plan.Refusals).Message, StringComparison.Ordinal);
        Assert.Empty(Plan(project, declared, new PlanOptions { AllowDestroy = ["kafka_events"] }).Refusals);
        Assert.Equal(from.StartsWith("kafka_group", StringComparison.Ordinal), plan.Steps.Any(step => !step.KeepsOffsets()));
    }

    [Fact]
    public void A_sink_that_gives_up_its_own_consumption_is_refused_and_one_that_gets_one_is_not()
    {
        var sink = Projects.Pipeline with { Name = "events_copy", Branch = new Branch("events", "copy"), Into = Projects.Pipeline.Table! with { Table = "copies" } };
        var alone = Projects.Project with { Pipelines = [Projects.Pipeline, sink with { Legs = [Projects.Leg with { Group = "own" }] }] };
        var shared = Projects.Project with { Pipelines = [Projects.Pipeline, sink with { Legs = [] }] };

        var refusal = Assert.Single(Change(alone, shared), finding => finding.Code == "MR157");

        Assert.Contains("`events_copy` is to share the consumption of `events` and gives up its own (`d.kafka_events_copy`", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(Change(shared, alone), finding => finding.Code == "MR157");
        Assert.DoesNotContain(Change(shared, shared), finding => finding.Code == "MR157");
    }

    private static ImmutableArray<Millrace.Core.Findings.Finding> Change(Project before, Project after) =>
        Planner.Plan(new PlanRequest(after, Fleets.Canonical(after), Fleets.AsDeclared(before), new PlanOptions())).Refusals;

    private static Plan Plan(Project project, ImmutableArray<CanonicalObject> declared, PlanOptions options)
    {
        var observed = Fleets.AsDeclared(project);
        foreach (var node in project.Fleet.NodesOf("events"))
            observed = observed.With(node.Name, seen => seen with { Objects = With(seen.Objects) });
        return Planner.Plan(new PlanRequest(project, declared, observed, options));
    }

    private static ImmutableDictionary<ObjectName, ObjectShape> With(ImmutableDictionary<ObjectName, ObjectShape> objects) =>
        objects.SetItem(new("d", "kafka_events"), objects[new("d", "kafka_events")] with { EngineFull = Now });

    private static ImmutableArray<CanonicalObject> With(ImmutableArray<CanonicalObject> objects, string engine) =>
        [.. objects.Select(item => item.Declared.Purpose == ObjectPurpose.KafkaTable ? item with { Shape = item.Shape with { EngineFull = engine } } : item)];
}
