using Millrace.Core.Compile;
using Millrace.Core.Model;
using Xunit;

namespace Millrace.UnitTests.Core.Compile;

public sealed class CompilerTests
{
    private static IEnumerable<string> Names(Project project) =>
        Compiler.Compile(project).Select(item => $"{item.Placement.Role} {item.Name.Name}");

    private static string SqlOf(Project project, string name) =>
        Compiler.Compile(project).First(item => item.Name.Name == name).CreateSql;

    [Fact]
    public void A_sharded_stream_has_the_objects_of_the_pattern_on_the_roles_that_own_them() =>
        Assert.Equal(
            [
                "data sharded_events", "data events", "query events", "events writable_events",
                "events kafka_events", "events events_mv", "events events_errors_mv",
                "data ingestion_errors", "query ingestion_errors", "events writable_ingestion_errors",
                "events ready_demo", "query ready_demo",
            ],
            Names(Projects.Project));

    [Fact]
    public void A_table_that_is_not_sharded_lives_under_its_own_name_on_the_single_shard_cluster()
    {
        var project = Projects.Project with
        {
            Pipelines = [Projects.Pipeline with { Into = Projects.Pipeline.Table! with { ShardBy = null } }],
        };
        var data = Compiler.Compile(project).First(item => item.Purpose == ObjectPurpose.DataTable);
        Assert.Equal("events", data.Name.Name);
        Assert.Equal(["data-1"], data.Placement.Nodes);
        Assert.Contains("Distributed('data_single', 'd', 'events')", SqlOf(project, "writable_events"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_is_parsed_without_dictionaries_and_stored_with_them()
    {
        var project = Projects.Project with
        {
            Pipelines = [Projects.Pipeline with { Columns = [new Column("id", "UInt64"), new Column("event", "LowCardinality(Nullable(String))")] }],
        };
        Assert.Contains("event Nullable(String)", SqlOf(project, "kafka_events"), StringComparison.Ordinal);
        Assert.Contains("event LowCardinality(Nullable(String))", SqlOf(project, "writable_events"), StringComparison.Ordinal);
        Assert.Contains("event LowCardinality(Nullable(String))", SqlOf(project, "sharded_events"), StringComparison.Ordinal);
    }

    [Fact]
    public void Adding_a_leg_renames_nothing_that_is_there()
    {
        var second = Projects.Leg with { Name = "warpstream", Broker = "warpstream", Group = "g_ws" };
        var both = Projects.Project with { Pipelines = [Projects.Pipeline with { Legs = [Projects.Leg, second] }] };
        Assert.Empty(Names(Projects.Project).Except(Names(both)));
        Assert.Equal(
            ["events events_warpstream_errors_mv", "events events_warpstream_mv", "events kafka_events_warpstream"],
            Names(both).Except(Names(Projects.Project)).Order());
    }

    [Fact]
    public void Removing_the_first_leg_renames_nothing_that_stays()
    {
        var second = Projects.Leg with { Name = "warpstream", Broker = "warpstream", Group = "g_ws" };
        var both = Projects.Project with { Pipelines = [Projects.Pipeline with { Legs = [Projects.Leg, second] }] };
        var one = Projects.Project with { Pipelines = [Projects.Pipeline with { Legs = [second] }] };
        Assert.Empty(Names(one).Except(Names(both)));
    }

    [Fact]
    public void More_than_one_consumer_gets_a_thread_each()
    {
        var project = Projects.Project with
        {
            Pipelines = [Projects.Pipeline with { Legs = [Projects.Leg with { Consumers = 4 }] }],
        };
        Assert.Contains("kafka_thread_per_consumer = 1", SqlOf(project, "kafka_events"), StringComparison.Ordinal);
        Assert.DoesNotContain("kafka_thread_per_consumer", SqlOf(Projects.Project, "kafka_events"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_replicated_cluster_gives_replicated_engines_with_the_declared_path()
    {
        var cluster = new Cluster { Name = "data", Role = "data", Replicated = true };
        var project = Projects.Project with { Fleet = Projects.Fleet with { Clusters = [cluster] } };
        Assert.Contains(
            "ENGINE = ReplicatedReplacingMergeTree('/clickhouse/tables/{shard}/d/sharded_events', '{replica}', _timestamp)",
            SqlOf(project, "sharded_events"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_data_view_drops_what_did_not_parse_and_the_error_view_keeps_it()
    {
        Assert.Contains("WHERE length(_error) = 0", SqlOf(Projects.Project, "events_mv"), StringComparison.Ordinal);
        Assert.Contains("WHERE length(_error) > 0", SqlOf(Projects.Project, "events_errors_mv"), StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_of_storage_are_left_to_storage()
    {
        var sink = Projects.Pipeline.Table! with
        {
            Columns = [new StoredColumn("day", "Date", StoredColumnKind.Default, "toDate(_timestamp)")],
        };
        var project = Projects.Project with { Pipelines = [Projects.Pipeline with { Into = sink }] };
        Assert.Contains("day Date DEFAULT toDate(_timestamp)", SqlOf(project, "sharded_events"), StringComparison.Ordinal);
        Assert.DoesNotContain("day", SqlOf(project, "writable_events"), StringComparison.Ordinal);
    }

    [Fact]
    public void Names_with_quotes_stay_names()
    {
        var columns = Projects.Pipeline.Columns.Add(new Column("a`b'c", "String"));
        var project = Projects.Project with { Pipelines = [Projects.Pipeline with { Columns = columns }] };
        Assert.Contains("`a\\`b'c` String", SqlOf(project, "kafka_events"), StringComparison.Ordinal);
    }

    [Fact]
    public void Readiness_carries_another_hash_when_anything_of_its_role_changes()
    {
        var retuned = Projects.Project with { Pipelines = [Projects.Pipeline with { Legs = [Projects.Leg with { Consumers = 4 }] }] };
        Assert.NotEqual(Ready(Projects.Project, "events"), Ready(retuned, "events"));
        Assert.Equal(Ready(Projects.Project, "query"), Ready(retuned, "query"));
        static string Ready(Project project, string role) =>
            Compiler.Compile(project).Single(item => item.Purpose == ObjectPurpose.Ready && item.Placement.Role == role).CreateSql;
    }

    [Fact]
    public void The_same_declaration_gives_the_same_bytes() =>
        Assert.Equal(
            Compiler.Compile(Projects.Project).Select(item => item.CreateSql),
            Compiler.Compile(Projects.Project).Select(item => item.CreateSql));
}
