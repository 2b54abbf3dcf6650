using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Engine.Apply;
using Millrace.IntegrationTests.Streams;
using Xunit;

namespace Millrace.IntegrationTests.Failures;

/// <summary>Nodes that are dead before, during and after an apply: the others finish, nothing is hidden, a second apply goes on.</summary>
public sealed class NodeFailureTests(StreamFixture fixture) : IClassFixture<StreamFixture>
{
    private static Project Wider(Project project) => project with
    {
        Pipelines = [.. project.Pipelines.Select(p => p with { Select = [new ComputedColumn("shout", "String", "upper(body)")] })],
    };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task<(ApplyReport Report, Plan Left)> ApplyAsync(Project project, Func<Plan, IApplyListener> listener, PlanOptions? options = null)
    {
        var planned = await fixture.PlanAsync(project, options);
        return await new FleetApply(fixture.Services.Connector, fixture.Services.Planner)
            .RunAsync(project, planned, options ?? new PlanOptions(), listener(planned.Plan), Cancel);
    }

    [Fact]
    public async Task An_ingestion_node_that_is_dead_from_the_start_holds_nobody_up()
    {
        var project = fixture.Declare("t1");
        await fixture.Cluster.KillAsync("events-2");
        var (report, left) = await fixture.ApplyAsync(project);
        Assert.Empty(report.NotDone);
        Assert.Equal("events-2", Assert.Single(left.Silent).Node);
        fixture.Produce("t1", 0, 100);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t1.s", 100);

        await fixture.Cluster.StartAsync("events-2", Cancel);
        var plan = (await fixture.PlanAsync(project)).Plan;
        Assert.All(plan.Steps, step => Assert.Equal(["events-2"], step.Nodes));
        await fixture.ApplyWholeAsync(project);
    }

    [Fact]
    public async Task A_node_that_dies_after_the_plan_fails_alone_and_is_named()
    {
        var project = fixture.Declare("t2");
        var planned = await fixture.PlanAsync(project);
        await fixture.Cluster.KillAsync("events-2");
        var (report, left) = await new FleetApply(fixture.Services.Connector, fixture.Services.Planner)
            .RunAsync(project, planned, new PlanOptions(), new SilentListener(), Cancel);
        Assert.All(report.NotDone, item => Assert.Equal("events-2", item.Item.Node));
        Assert.Contains("connection refused", report.NotDone.First().Outcome.Error, StringComparison.Ordinal);
        Assert.Contains(report.NotDone, item => item.Outcome is { Result: StepResult.Skipped, Error: "the node stopped answering" });
        Assert.Equal("events-2", Assert.Single(left.Silent).Node);

        await fixture.Cluster.StartAsync("events-2", Cancel);
        await fixture.ApplyWholeAsync(project);
    }

    [Fact]
    public async Task A_dead_storage_node_makes_its_streams_wait_until_it_is_back()
    {
        var project = fixture.Declare("t3");
        await fixture.ApplyWholeAsync(project);
        await fixture.Cluster.KillAsync("data-2");
        var wider = Wider(project);
        var (report, left) = await fixture.ApplyAsync(wider);
        Assert.All(report.Outcomes, item => Assert.Equal((Phase.ExpandStorage, "data-1"), (item.Item.Step.Phase, item.Item.Node)));
        Assert.Equal([new Waiting("pipelines/s", "data-2")], left.Waiting);
        Assert.Empty(left.Steps);

        await fixture.Cluster.StartAsync("data-2", Cancel);
        fixture.Produce("t3", 0, 100);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t3.s", 100);
        await fixture.ApplyWholeAsync(wider);
        fixture.Produce("t3", 100, 200);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t3.s WHERE shout = upper(body)", 100);
    }

    [Fact]
    public async Task Going_on_without_a_dead_storage_node_is_possible_when_it_is_said()
    {
        var project = fixture.Declare("t4");
        await fixture.ApplyWholeAsync(project);
        await fixture.Cluster.KillAsync("data-2");
        var (report, left) = await fixture.ApplyAsync(Wider(project), new PlanOptions { Without = ["data-2"] });
        Assert.Empty(report.NotDone);
        Assert.Empty(left.Waiting);
        await fixture.Cluster.StartAsync("data-2", Cancel);
        await fixture.ApplyWholeAsync(Wider(project));
        fixture.Produce("t4", 0, 200);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t4.s WHERE shout = upper(body)", 200);
    }

    [Theory]
    [InlineData(Phase.ExpandStorage, "data-2", "t5")]
    [InlineData(Phase.ExpandWritable, "events-1", "t6")]
    [InlineData(Phase.Legs, "events-1", "t7")]
    public async Task A_node_that_dies_in_the_middle_of_an_apply_is_finished_by_the_next_one(Phase phase, string node, string topic)
    {
        var project = fixture.Declare(topic);
        var (report, _) = await ApplyAsync(project, _ => new AtPhase(phase, () => fixture.Cluster.KillAsync(node)));
        Assert.NotEmpty(report.NotDone);
        Assert.Contains(report.NotDone, item => item.Item.Node == node && item.Outcome.Result == StepResult.Failed);
        Assert.All(report.NotDone.Where(item => item.Item.Node != node), item => Assert.Equal(StepResult.Skipped, item.Outcome.Result));

        await fixture.Cluster.StartAsync(node, Cancel);
        await fixture.ApplyWholeAsync(project);
        fixture.Produce(topic, 0, 100);
        await fixture.ExpectAsync("query-1", $"SELECT uniqExact(id) FROM db_{topic}.s", 100);
    }

    [Fact]
    public async Task A_mutation_in_the_way_is_refused_until_it_is_gone()
    {
        var project = fixture.Declare("t8");
        await fixture.ApplyWholeAsync(project);
        await fixture.ExecuteAsync("data-1", "SYSTEM STOP MERGES db_t8.sharded_s");
        await fixture.ExecuteAsync("data-1", "INSERT INTO db_t8.sharded_s (id) VALUES (1)");
        await fixture.ExecuteAsync("data-1", "ALTER TABLE db_t8.sharded_s UPDATE body = 'x' WHERE 1 SETTINGS mutations_sync = 0");
        var refusal = Assert.Single((await fixture.PlanAsync(Wider(project))).Plan.Refusals);
        Assert.Equal("MR156", refusal.Code);
        Assert.Contains("data-1", refusal.Message, StringComparison.Ordinal);

        await fixture.ExecuteAsync("data-1", "SYSTEM START MERGES db_t8.sharded_s");
        await fixture.ExpectAsync("data-1", "SELECT count() FROM system.mutations WHERE database = 'db_t8' AND NOT is_done", 0);
        await fixture.ApplyWholeAsync(Wider(project));
    }

    [Fact]
    public async Task An_interrupt_ends_the_apply_between_steps_and_the_next_one_goes_on()
    {
        var project = fixture.Declare("t9");
        using var interrupt = new CancellationTokenSource();
        var planned = await fixture.PlanAsync(project);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            new FleetApply(fixture.Services.Connector, fixture.Services.Planner).RunAsync(
                project, planned, new PlanOptions(), new AtPhase(Phase.ExpandWritable, interrupt.CancelAsync), interrupt.Token));
        Assert.Equal(1, await fixture.NumberAsync("data-1", "SELECT count() FROM system.tables WHERE database = 'db_t9' AND name = 'sharded_s'"));
        Assert.Equal(0, await fixture.NumberAsync("events-1", "SELECT count() FROM system.tables WHERE database = 'db_t9' AND engine = 'Kafka'"));
        await fixture.ApplyWholeAsync(project);
    }
}
