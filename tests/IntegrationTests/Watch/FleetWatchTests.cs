using Millrace.Core.Drift;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Engine.Watch;
using Millrace.IntegrationTests.Streams;
using Xunit;

namespace Millrace.IntegrationTests.Watch;

/// <summary>A fleet that stays true while nodes are killed, wiped and changed by hand: on real servers.</summary>
public sealed class FleetWatchTests(StreamFixture fixture) : IClassFixture<StreamFixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private async Task RestartBlankAsync(string node)
    {
        await fixture.Cluster.KillAsync(node);
        fixture.Cluster.Wipe(node);
        await fixture.Cluster.StartAsync(node, Cancel);
    }

    private async Task<Project> ApplyAsync(string topic)
    {
        var project = fixture.Declare(topic);
        await fixture.ApplyWholeAsync(project);
        return project;
    }

    [Fact]
    public async Task A_wiped_ingestion_node_is_filled_again_in_order_and_nothing_is_lost()
    {
        var project = await ApplyAsync("t1");
        await using var watch = await WatchRun.StartAsync(fixture, project);
        var load = Task.Run(() =>
        {
            for (var i = 0; i < 30; i++)
            {
                fixture.Produce("t1", i * 200, (i + 1) * 200);
                Thread.Sleep(100);
            }
        }, Cancel);

        await RestartBlankAsync("events-2");
        var repaired = await watch.ExpectAsync<WatchEvent.Repaired>(done => done.Node == "events-2");
        await load;

        Assert.Equal(["", "writable_s", "writable_s_errors", "kafka_s", "ready_t1"], repaired.Objects.Select(name => name.Name));
        Assert.Equal("t1\tevents", await fixture.TextAsync("events-2", "SELECT project, role FROM millrace.ready_t1"));
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t1.s", 6000);
        Assert.Empty((await fixture.PlanAsync(project)).Plan.Steps);
        Assert.True(await fixture.NumberAsync("data-1", "SELECT count() FROM millrace.journal WHERE node = 'events-2' AND project = 't1' AND outcome = 'done'") > 0);
    }

    [Fact]
    public async Task A_blank_node_says_404_to_a_load_balancer_until_it_has_everything()
    {
        var project = await ApplyAsync("t2");
        await RestartBlankAsync("query-1");
        using var http = new HttpClient { BaseAddress = fixture.Cluster.Http("query-1") };
        const string ask = "/?query=SELECT+declaration+FROM+millrace.ready_t2";
        Assert.Equal(404, (int)(await http.GetAsync(new Uri(ask, UriKind.Relative), Cancel)).StatusCode);
        await fixture.ApplyWholeAsync(project);
        Assert.Equal(200, (int)(await http.GetAsync(new Uri(ask, UriKind.Relative), Cancel)).StatusCode);
    }

    [Fact]
    public async Task A_query_node_that_lost_a_table_is_not_ready_until_it_is_back()
    {
        var project = await ApplyAsync("t3");
        await fixture.ExecuteAsync("query-1", "DROP TABLE db_t3.s SYNC");
        var plan = (await fixture.PlanAsync(project)).Plan;
        Assert.Equal([Phase.NotReady, Phase.ExpandRead, Phase.Ready], plan.Steps.Select(step => step.Phase));
        await fixture.ApplyWholeAsync(project);
        Assert.Equal(1, await fixture.NumberAsync("query-1", "SELECT count() FROM millrace.ready_t3"));
    }

    [Fact]
    public async Task Readiness_is_replaced_without_a_gap_when_a_column_is_added()
    {
        var project = await ApplyAsync("t4");
        var before = await fixture.TextAsync("query-1", "SELECT declaration FROM millrace.ready_t4");
        var wider = project with { Pipelines = [project.Pipelines[0] with { Columns = project.Pipelines[0].Columns.Add(new Column("extra", "String")) }] };
        using var asking = new CancellationTokenSource();
        var asked = AskAsync(asking.Token);
        await fixture.ApplyWholeAsync(wider);
        await asking.CancelAsync();
        Assert.True(await asked > 0);
        Assert.NotEqual(before, await fixture.TextAsync("query-1", "SELECT declaration FROM millrace.ready_t4"));

        async Task<int> AskAsync(CancellationToken enough)
        {
            var answers = 0;
            for (; !enough.IsCancellationRequested; answers++)
                Assert.Equal(1, await fixture.NumberAsync("query-1", "SELECT count() FROM millrace.ready_t4"));
            return answers;
        }
    }

    [Fact]
    public async Task Safe_drift_is_repaired_and_riskier_drift_is_only_told()
    {
        var project = await ApplyAsync("t5");
        await using var watch = await WatchRun.StartAsync(fixture, project);
        var kafka = await fixture.TextAsync("events-1", "SELECT create_table_query FROM system.tables WHERE database = 'db_t5' AND name = 'kafka_s' FORMAT TSVRaw");
        Assert.Contains("kafka_num_consumers = 1", kafka, StringComparison.Ordinal);

        await fixture.ExecuteAsync("events-1", "DROP TABLE db_t5.kafka_s SYNC");
        await fixture.ExecuteAsync("events-1", kafka.Replace("kafka_num_consumers = 1", "kafka_num_consumers = 2", StringComparison.Ordinal));
        await fixture.ExecuteAsync("events-2", "ALTER TABLE db_t5.writable_s DROP COLUMN body");

        // Between dropping and creating by hand, the watch may have seen the table missing and have filled the gap itself.
        var told = await watch.ExpectAsync<WatchEvent>(e =>
            e is WatchEvent.DriftSeen { Step.Object.Name: "kafka_s" } or WatchEvent.Repaired { Node: "events-1" });
        await watch.ExpectAsync<WatchEvent.Repaired>(done => done.Node == "events-2" && done.Objects.Any(name => name.Name == "writable_s"));
        if (told is WatchEvent.DriftSeen seen)
        {
            Assert.Equal((Risk.Pauses, "events-1"), (seen.Step.Risk, seen.Step.Nodes.Single()));
            Assert.Contains("kafka_num_consumers = 2", await fixture.TextAsync("events-1", "SHOW CREATE TABLE db_t5.kafka_s FORMAT TSVRaw"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_dead_node_and_a_hanging_one_do_not_hold_up_another_ones_repair()
    {
        var project = await ApplyAsync("t6");
        await using var watch = await WatchRun.StartAsync(fixture, project);
        await fixture.Cluster.KillAsync("events-1");
        fixture.Cluster.Pause("query-1");
        try
        {
            watch.Clear();
            await RestartBlankAsync("events-2");
            var repaired = await watch.ExpectAsync<WatchEvent.Repaired>(done => done.Node == "events-2");
            Assert.Equal("ready_t6", repaired.Objects[^1].Name);
        }
        finally
        {
            fixture.Cluster.Resume("query-1");
            await fixture.Cluster.StartAsync("events-1", Cancel);
        }

        await watch.ExpectAsync<WatchEvent.NodeUp>(up => up.Node == "events-1");
    }

    [Fact]
    public async Task A_changed_declaration_is_taken_over_and_a_broken_one_is_not()
    {
        var project = await ApplyAsync("t7");
        await using var watch = await WatchRun.StartAsync(fixture, project);
        watch.DeclareBroken(Finding.Error("MR101", "unknown role `evnts`"));
        await watch.ExpectAsync<WatchEvent.DeclarationRefused>(refused => refused.Findings[0].Code == "MR101");
        watch.Declare(project with { Pipelines = [project.Pipelines[0] with { Select = [new ComputedColumn("shout", "String", "upper(body)")] }] });
        await watch.ExpectAsync<WatchEvent.Repaired>(done => done.Node == "query-1");
        Assert.Equal(1, await fixture.NumberAsync("data-2", "SELECT count() FROM system.columns WHERE database = 'db_t7' AND table = 'sharded_s' AND name = 'shout'"));
        Assert.Equal(1, await fixture.NumberAsync("events-1", "SELECT position(as_select, 'shout') > 0 FROM system.tables WHERE database = 'db_t7' AND name = 's_mv'"));
    }

    [Fact]
    public async Task Unmanaged_consumers_and_nodes_that_differ_are_named()
    {
        var project = await ApplyAsync("t8");
        await fixture.ExecuteAsync("events-1", "CREATE TABLE db_t8.rogue (id UInt64) ENGINE = Kafka(msk, kafka_topic_list = 't8', kafka_group_name = 'g_t8', kafka_format = 'JSONEachRow')");
        await fixture.ExecuteAsync("events-1", "CREATE TABLE db_t8.source (id UInt64, body String) ENGINE = Null");
        await fixture.ExecuteAsync("events-1", "CREATE MATERIALIZED VIEW db_t8.rogue_mv TO db_t8.writable_s AS SELECT id, body FROM db_t8.source");
        var scoped = project with { Unmanaged = ["db_t8.source"] };
        var planned = await fixture.PlanAsync(scoped);
        var report = DriftReport.Of(new PlanRequest(scoped, planned.Objects, planned.Observed, new PlanOptions()), planned.Plan);
        Assert.Empty(report.Objects);
        Assert.Equal(["MR267", "MR268"], report.Findings.Select(finding => finding.Code).Order());
        await fixture.ExecuteAsync("events-2", "CREATE TABLE db_t8.scratch (id UInt64) ENGINE = Memory");
        var again = await fixture.PlanAsync(scoped);
        var splits = DriftReport.Of(new PlanRequest(scoped, again.Objects, again.Observed, new PlanOptions()), again.Plan).Splits;
        Assert.Equal(["unmanaged db_t8.scratch"], splits.Select(split => split.What).Where(what => what.Contains("db_t8", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_table_dropped_by_hand_comes_back_and_readiness_after_it()
    {
        var project = await ApplyAsync("t9");
        await using var watch = await WatchRun.StartAsync(fixture, project);
        await fixture.ExecuteAsync("events-1", "DROP TABLE db_t9.writable_s SYNC");
        await watch.ExpectAsync<WatchEvent.Repaired>(done => done.Node == "events-1" && done.Objects.Any(name => name.Name == "writable_s"));
        Assert.Equal(1, await fixture.NumberAsync("events-1", "SELECT count() FROM millrace.ready_t9"));
        Assert.DoesNotContain(watch.Events, e => e is WatchEvent.RepairFailed);
    }
}
