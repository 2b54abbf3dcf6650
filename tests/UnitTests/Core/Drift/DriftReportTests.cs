using System.Collections.Immutable;
using Millrace.Core.Drift;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Drift;

public sealed class DriftReportTests
{
    private static readonly Project Project = Projects.Project;

    private static ObservedFleet Fleet => Fleets.AsDeclared(Project);

    private static DriftReport Report(ObservedFleet observed, Project? project = null)
    {
        var request = new PlanRequest(project ?? Project, Fleets.Canonical(project ?? Project), observed, new PlanOptions());
        return DriftReport.Of(request, Planner.Plan(request));
    }

    private static ObjectShape Stranger(string name, string engine = "Memory", string engineFull = "", ObjectName? target = null) => new()
    {
        Name = new ObjectName("d", name), Engine = engine, EngineFull = engineFull.Length == 0 ? engine : engineFull, Target = target,
        CreateQuery = $"CREATE {name} {engineFull}",
    };

    private static ObservedFleet Everywhere(ObservedFleet fleet, string role, ObjectShape shape) =>
        fleet.NodesOf(role).Aggregate(fleet, (all, node) => all.WithObject(node.Node.Name, shape));

    [Fact]
    public void A_fleet_as_declared_has_none() => Assert.True(Report(Fleet).IsEmpty);

    [Fact]
    public void What_is_missing_is_named_with_its_nodes()
    {
        var drift = Assert.Single(Report(Fleet.Without("ing-2", "writable_events")).Objects);
        Assert.Equal((DriftKind.Missing, "writable_events", 2, Risk.Safe), (drift.Kind, drift.Object.Name, drift.OfNodes, drift.Risk));
        Assert.Equal(["ing-2"], drift.Nodes);
    }

    [Fact]
    public void Nodes_that_depart_alike_are_one_line_whatever_their_number()
    {
        ImmutableArray<Node> nodes = [.. Projects.Fleet.NodesOf("data"), .. Enumerable.Range(1, 58).Select(i => Projects.Node($"ing-{i}", "events")), .. Projects.Fleet.NodesOf("query")];
        var large = Project with { Fleet = Projects.Fleet with { Nodes = nodes } };
        var observed = Enumerable.Range(10, 40).Aggregate(Fleets.AsDeclared(large), (fleet, i) => fleet.Without($"ing-{i}", "events_mv"));
        var drift = Assert.Single(Report(observed, large).Objects);
        Assert.Equal((40, 58), (drift.Nodes.Length, drift.OfNodes));
    }

    [Fact]
    public void Changed_consumer_settings_are_spelled_out_with_what_repairing_them_costs()
    {
        var kafka = Fleet.Find("ing-2")!.Objects.Values.Single(o => o.Engine == "Kafka");
        var changed = kafka with { EngineFull = kafka.EngineFull.Replace("= 1", "= 9", StringComparison.Ordinal) };
        var drift = Assert.Single(Report(Fleet.WithObject("ing-2", changed)).Objects);
        Assert.Equal(("kafka_num_consumers = 9, declared 1", Risk.Pauses), (drift.What, drift.Risk));
    }

    [Fact]
    public void The_same_settings_written_in_another_way_are_no_drift()
    {
        var kafka = Fleet.Find("ing-2")!.Objects.Values.Single(o => o.Engine == "Kafka");
        var moved = kafka with { EngineFull = "Kafka(msk) SETTINGS kafka_group_name = 'g', kafka_num_consumers = 1", CreateQuery = "other words" };
        Assert.True(Report(Fleet.WithObject("ing-2", moved)).IsEmpty);
    }

    [Fact]
    public void What_carries_the_mark_and_is_not_declared_is_told()
    {
        var drifts = Report(Fleet, Project with { Pipelines = [] }).Objects;
        Assert.All(drifts, drift => Assert.Equal(DriftKind.Undeclared, drift.Kind));
        Assert.Contains(drifts, drift => drift.Object.Name == "kafka_events" && drift.Nodes.Length == 2);
    }

    [Fact]
    public void Nodes_of_a_role_that_differ_from_each_other_are_told_apart()
    {
        var observed = Fleet.With("ing-2", node => node with { Version = "25.8.1.1" });
        var split = Assert.Single(Report(observed).Splits);
        Assert.Equal(("events", "server version"), (split.Role, split.What));
        Assert.Equal(2, split.Sides.Length);
    }

    [Fact]
    public void What_a_user_may_not_see_is_no_difference()
    {
        var observed = Fleet.With("ing-2", node => node with { Collections = ImmutableSortedSet.Create("msk") });
        Assert.Empty(Report(observed).Splits);
    }

    [Fact]
    public void An_unmanaged_object_on_some_nodes_only_is_a_difference_between_nodes()
    {
        var split = Assert.Single(Report(Fleet.WithObject("ing-1", Stranger("scratch"))).Splits);
        Assert.Equal("unmanaged d.scratch", split.What);
        Assert.Contains(split.Sides, side => side.Value == "absent" && side.Nodes.SequenceEqual(["ing-2"]));
    }

    [Fact]
    public void Unmanaged_objects_that_are_alike_everywhere_are_only_counted()
    {
        var report = Report(Everywhere(Fleet, "events", Stranger("scratch")));
        Assert.True(report.IsEmpty);
        Assert.Equal(1, report.UnmanagedAlike);
    }

    [Fact]
    public void A_pattern_sets_objects_aside()
    {
        var project = Project with { Unmanaged = ["d.scra*"] };
        var report = Report(Fleet.WithObject("ing-1", Stranger("scratch", "Kafka")), project);
        Assert.True(report.IsEmpty);
        Assert.Equal(0, report.UnmanagedAlike);
    }

    [Fact]
    public void An_unmanaged_consumer_is_named()
    {
        var finding = Assert.Single(Report(Everywhere(Fleet, "events", Stranger("rogue", "Kafka", "Kafka(msk, kafka_group_name = 'mine')"))).Findings);
        Assert.Equal("MR290", finding.Code);
        Assert.Contains("`d.rogue` on 2 nodes of `events`", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_unmanaged_consumer_in_a_managed_group_is_an_error() =>
        Assert.Equal("MR267", Assert.Single(Report(Everywhere(Fleet, "events", Stranger("rogue", "Kafka", "Kafka(msk, kafka_group_name = 'g')"))).Findings).Code);

    [Fact]
    public void An_unmanaged_view_into_a_managed_table_is_named() =>
        Assert.Equal("MR268", Assert.Single(Report(Everywhere(Fleet, "events", Stranger("rogue_mv", "MaterializedView", target: new ObjectName("d", "writable_events")))).Findings).Code);

    [Fact]
    public void A_silent_node_is_unknown_and_not_blank()
    {
        var report = Report(Fleet.Silent("ing-1"));
        Assert.True(report.IsEmpty);
        Assert.Equal(["ing-1"], report.Silent.Select(node => node.Node));
    }
}
