using Millrace.Cli.Watching;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Millrace.Engine.Watch;
using Xunit;

namespace Millrace.UnitTests.Cli.Watching;

public sealed class WatchMetricsTests
{
    private readonly WatchMetrics metrics = new(TimeProvider.System);

    [Fact]
    public void Nodes_objects_and_repairs_are_told_per_node()
    {
        metrics.On(new WatchEvent.NodeUp("ing-1", null));
        metrics.On(new WatchEvent.NodeDown("ing-\"2\"", NodeState.Unreachable, "refused"));
        metrics.On(new WatchEvent.NodeSeen("ing-1", 5, 3));
        metrics.On(new WatchEvent.Repaired("ing-1", [new ObjectName("d", "x")], TimeSpan.FromSeconds(0.75)));
        var lines = metrics.Render().Split('\n');
        Assert.Contains("millrace_node_up{node=\"ing-1\"} 1", lines);
        Assert.Contains("millrace_node_up{node=\"ing-\\\"2\\\"\"} 0", lines);
        Assert.Contains("millrace_node_objects_declared{node=\"ing-1\"} 5", lines);
        Assert.Contains("millrace_node_objects_present{node=\"ing-1\"} 3", lines);
        Assert.Contains("millrace_repairs_total{node=\"ing-1\",outcome=\"done\"} 1", lines);
        Assert.Contains("millrace_repair_seconds_bucket{le=\"0.5\"} 0", lines);
        Assert.Contains("millrace_repair_seconds_bucket{le=\"1\"} 1", lines);
        Assert.Contains("millrace_repair_seconds_sum 0.75", lines);
    }

    [Fact]
    public void Every_metric_has_its_help_and_type_once()
    {
        var lines = metrics.Render().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var names = lines.Where(line => line.StartsWith("# TYPE", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToList();
        Assert.Equal(names.Distinct(), names);
        Assert.Equal(names, lines.Where(line => line.StartsWith("# HELP", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]));
    }

    [Fact]
    public void A_node_that_left_is_told_no_more()
    {
        metrics.On(new WatchEvent.NodeUp("gone", null));
        metrics.On(new WatchEvent.NodeLeft("gone", "events"));
        Assert.DoesNotContain("gone", metrics.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_was_compared_before_the_first_plan()
    {
        Assert.Null(metrics.SincePlanned);
        metrics.On(new WatchEvent.Planned(new Plan { Project = "p" }));
        Assert.NotNull(metrics.SincePlanned);
    }
}
