using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Xunit;

namespace Millrace.IntegrationTests.Streams;

/// <summary>What happens to rows while a pipeline is made, changed and removed: on real servers and a real Kafka protocol.</summary>
public sealed class LiveChangeTests(StreamFixture fixture) : IClassFixture<StreamFixture>
{
    private static Project With(Project project, Func<Pipeline, Pipeline> change) =>
        project with { Pipelines = [.. project.Pipelines.Select(change)] };

    [Fact]
    public async Task A_new_stream_carries_every_row_to_its_shard_and_the_second_plan_is_empty()
    {
        var project = fixture.Declare("t1");
        await fixture.ApplyWholeAsync(project);
        fixture.Produce("t1", 0, 5000);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t1.s", 5000);
        foreach (var (node, remainder) in new[] { ("data-1", 0), ("data-2", 1) })
            Assert.Equal(0, await fixture.NumberAsync(node, $"SELECT countIf(sipHash64(id) % 2 != {remainder}) FROM db_t1.sharded_s"));
    }

    [Fact]
    public async Task Garbage_lands_in_the_error_table_with_topic_partition_and_offset_and_holds_nothing_up()
    {
        await fixture.ApplyWholeAsync(fixture.Declare("t2"));
        fixture.Produce("t2", 0, 10);
        fixture.ProduceRaw("t2", "{\"id\": \"no number\"");
        fixture.Produce("t2", 10, 20);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t2.s", 20);
        await fixture.ExpectAsync("query-1", "SELECT count() FROM db_t2.s_errors FINAL", 1);
        Assert.Equal(
            "s\tmsk\tt2\t0\t{\"id\": \"no number\"",
            await fixture.TextAsync("query-1", "SELECT pipeline, leg, _topic, _partition, _raw_message FROM db_t2.s_errors FINAL WHERE _offset >= 0 AND _error != '' FORMAT TSVRaw"));
        Assert.Equal(0, await fixture.NumberAsync("query-1", "SELECT countIf(body = '') FROM db_t2.s"));
    }

    [Fact]
    public async Task A_column_added_under_load_loses_nothing_and_later_rows_have_it()
    {
        var project = fixture.Declare("t3");
        await fixture.ApplyWholeAsync(project);
        var wider = With(project, p => p with
        {
            Columns = p.Columns.Add(new Column("extra", "String")),
            Select = [new ComputedColumn("shout", "String", "upper(body)")],
        });
        var load = Task.Run(() =>
        {
            for (var i = 0; i < 20; i++)
            {
                fixture.Produce("t3", i * 500, (i + 1) * 500, ",\"extra\":\"e\"");
                Thread.Sleep(100);
            }
        }, TestContext.Current.CancellationToken);
        await Task.Delay(500, TestContext.Current.CancellationToken);
        await fixture.ApplyWholeAsync(wider);
        await load;
        fixture.Produce("t3", 10_000, 10_100, ",\"extra\":\"e\"");
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t3.s", 10_100);
        Assert.Equal(100, await fixture.NumberAsync("query-1", "SELECT uniqExact(id) FROM db_t3.s WHERE id >= 10000 AND extra = 'e' AND shout = concat('B', toString(id))"));
    }

    [Fact]
    public async Task A_property_extracted_later_is_there_for_rows_from_before_without_a_mutation()
    {
        var extraction = new Extraction("body", [new("first", "a")], "rest");
        var project = With(fixture.Declare("t12"), p => p with { Extract = extraction });
        await fixture.ApplyWholeAsync(project);
        fixture.ProduceObjects("t12", 0, 200);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t12.s WHERE first = concat('a', toString(id))", 200);

        var wider = extraction with { Columns = extraction.Columns.Add(new("later", "n", "Nullable(UInt32)")) };
        var load = Task.Run(() => fixture.ProduceObjects("t12", 200, 3000), TestContext.Current.CancellationToken);
        await fixture.ApplyWholeAsync(With(project, p => p with { Extract = wider }));
        await load;
        fixture.ProduceObjects("t12", 3000, 3100);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t12.s", 3100);
        Assert.Equal(0, await fixture.NumberAsync("query-1", "SELECT countIf(later IS NULL OR later != id) FROM db_t12.s"));
        foreach (var node in new[] { "data-1", "data-2" })
            Assert.Equal(0, await fixture.NumberAsync(node, "SELECT count() FROM system.mutations WHERE database = 'db_t12'"));
    }

    [Fact]
    public async Task Retuning_consumers_under_load_goes_on_where_the_group_stands()
    {
        var project = fixture.Declare("t4");
        await fixture.ApplyWholeAsync(project);
        var load = Task.Run(() =>
        {
            for (var i = 0; i < 10; i++)
            {
                fixture.Produce("t4", i * 500, (i + 1) * 500);
                Thread.Sleep(100);
            }
        }, TestContext.Current.CancellationToken);
        await Task.Delay(300, TestContext.Current.CancellationToken);
        var retuned = With(project, p => p with { Legs = [p.Legs[0] with { Consumers = 2 }] });
        var plan = (await fixture.PlanAsync(retuned)).Plan;
        Assert.Equal([Phase.NotReady, Phase.Legs, Phase.Ready], plan.Steps.Select(step => step.Phase));
        Assert.Equal((StepAction.Recreate, true), (plan.Steps[1].Action, plan.Steps[1].OneNodeAtATime));
        await fixture.ApplyWholeAsync(retuned);
        await load;
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t4.s", 5000);
        Assert.Equal(5000, await fixture.NumberAsync("query-1", "SELECT count() FROM db_t4.s FINAL"));
        Assert.Equal(2, await fixture.NumberAsync("events-1", "SELECT count() FROM system.kafka_consumers WHERE database = 'db_t4'"));
    }

    [Fact]
    public async Task Both_views_of_a_leg_see_the_first_message()
    {
        // A backlog that is there before the tables are: whichever view came second would miss its part of it.
        fixture.Produce("t5", 0, 2000);
        fixture.ProduceRaw("t5", "garbage");
        await fixture.ApplyWholeAsync(fixture.Declare("t5"));
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t5.s", 2000);
        await fixture.ExpectAsync("query-1", "SELECT count() FROM db_t5.s_errors FINAL", 1);
    }

    [Fact]
    public async Task A_removed_pipeline_stops_and_keeps_its_rows_until_they_are_named()
    {
        var project = fixture.Declare("t6");
        await fixture.ApplyWholeAsync(project);
        fixture.Produce("t6", 0, 100);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t6.s", 100);
        var empty = project with { Pipelines = [] };
        var planned = await fixture.PlanAsync(empty);
        Assert.Equal([Phase.NotReady, Phase.StopLegs], planned.Plan.Steps.Select(step => step.Phase).Distinct().Take(2));
        await fixture.ApplyWholeAsync(empty);
        Assert.Equal(["s_errors", "sharded_s"], (await fixture.PlanAsync(empty)).Plan.Held.Select(held => held.Object.Name).Distinct().Order());
        Assert.Equal(100, await fixture.NumberAsync("data-1", "SELECT uniqExact(id) FROM db_t6.sharded_s") + await fixture.NumberAsync("data-2", "SELECT uniqExact(id) FROM db_t6.sharded_s"));
        await fixture.ApplyWholeAsync(empty, new PlanOptions { AllowDestroy = ["sharded_s", "db_t6.s_errors"] });
        Assert.Equal(0, await fixture.NumberAsync("data-1", "SELECT count() FROM system.tables WHERE database = 'db_t6'"));
    }

    [Fact]
    public async Task A_column_that_is_no_longer_declared_keeps_its_values_until_it_is_named()
    {
        var project = fixture.Declare("t7");
        await fixture.ApplyWholeAsync(project);
        var narrower = With(project, p => p with { Into = p.Table! with { Omit = ["body"] } });
        await fixture.ApplyWholeAsync(narrower);
        Assert.Equal(["column body"], (await fixture.PlanAsync(narrower)).Plan.Held.Select(held => held.What).Distinct());
        fixture.Produce("t7", 0, 10);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM db_t7.s", 10);
        await fixture.ApplyWholeAsync(narrower, new PlanOptions { AllowDestroy = ["sharded_s"] });
        Assert.Empty((await fixture.PlanAsync(narrower)).Plan.Held);
    }

    [Fact]
    public async Task An_engine_or_key_that_changes_is_refused_with_the_way_to_do_it()
    {
        var project = fixture.Declare("t8");
        await fixture.ApplyWholeAsync(project);
        var other = With(project, p => p with { Into = p.Table! with { OrderBy = ["id", "body"] } });
        var refusal = Assert.Single((await fixture.PlanAsync(other)).Plan.Refusals);
        Assert.Equal("MR150", refusal.Code);
        Assert.NotNull(refusal.Fix);
    }

    [Fact]
    public async Task Names_full_of_quotes_backticks_and_unicode_stay_names()
    {
        var project = fixture.Declare("t9") with { Database = "d`b'; DROP DATABASE x; --\\ ü" };
        var odd = With(project, p => p with
        {
            Name = "s'`\"ö",
            Columns = p.Columns.Add(new Column("a`b'\\c", "String")),
            Into = p.Table! with { Table = "t'`ñ", Settings = ImmutableSortedDictionary<string, string>.Empty.Add("merge_with_ttl_timeout", "3600") },
        });
        await fixture.ApplyWholeAsync(odd);
        fixture.Produce("t9", 0, 5);
        await fixture.ExpectAsync("query-1", "SELECT uniqExact(id) FROM `d\\`b'; DROP DATABASE x; --\\\\ ü`.`t'\\`ñ`", 5);
    }
}
