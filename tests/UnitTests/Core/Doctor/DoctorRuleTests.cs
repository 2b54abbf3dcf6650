using System.Collections.Immutable;
using Millrace.Core.Doctor;
using Millrace.Core.Doctor.Rules;
using Millrace.Core.Findings;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Doctor;

/// <summary>What real servers on one machine cannot show, and the borders of rules.</summary>
public sealed class DoctorRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    private static readonly ObjectName Kafka = new("d", "kafka_events");

    [Fact]
    public void A_clock_that_is_off_by_more_than_the_measurement_is_a_finding()
    {
        var ahead = Node("ing-1") with { Clock = new ClockReading(TimeSpan.FromSeconds(5), TimeSpan.FromMilliseconds(2)) };
        var vague = Node("ing-2") with { Clock = new ClockReading(TimeSpan.FromSeconds(-5), TimeSpan.FromSeconds(4)) };

        var finding = Assert.Single(ClockSkew.Check(Facts(ahead, vague)));

        Assert.Equal(("ing-1", "5.0 s ahead of this machine, measured to 0.0 s"), (finding.Node, finding.Message));
    }

    [Fact]
    public void The_nodes_of_a_role_that_run_another_version_than_most_are_named()
    {
        var finding = Assert.Single(VersionSkew.Check(Facts(Node("ing-1", "26.3.1.1"), Node("ing-2"), Node("ing-3"))));

        Assert.Equal(("ing-1", "26.3.1.1; 2 of 3 nodes of `events` run 26.7.2.1"), (finding.Node, finding.Message));
    }

    [Fact]
    public void Roles_may_run_different_versions() =>
        Assert.Empty(VersionSkew.Check(Facts(Node("ing-1"), Node("data-1", "26.3.1.1", "data"))));

    [Fact]
    public void What_a_node_would_not_tell_is_a_finding_of_its_own()
    {
        var node = Node("ing-1") with { Unseen = [new Unseen("system.kafka_consumers", "error 497 ACCESS_DENIED: Not enough privileges.\nstack")] };

        var finding = Assert.Single(NotSeen.Check(Facts(node)));

        Assert.Equal("system.kafka_consumers: error 497 ACCESS_DENIED: Not enough privileges.", finding.Message);
    }

    [Fact]
    public void A_consumer_without_partitions_may_rest_while_another_node_polls()
    {
        var resting = WithConsumer(Node("ing-1"), lastPoll: Now.AddHours(-1), partitions: 0);
        var working = WithConsumer(Node("ing-2"), lastPoll: Now, partitions: 8);

        Assert.Empty(StalledConsumers.Check(Facts(resting, working)));
    }

    [Fact]
    public void A_consumer_with_partitions_that_no_longer_polls_stands_still()
    {
        var stuck = WithConsumer(Node("ing-1"), lastPoll: Now.AddHours(-1), partitions: 4);
        var working = WithConsumer(Node("ing-2"), lastPoll: Now, partitions: 4);

        var finding = Assert.Single(StalledConsumers.Check(Facts(stuck, working)));

        Assert.Equal(("ing-1", "`d.kafka_events`: last polled 60 min ago; 100 messages wait for `events`"), (finding.Node, finding.Message));
    }

    [Fact]
    public void A_consumer_that_polls_and_does_not_commit_stands_still()
    {
        var failing = WithConsumer(Node("ing-1"), lastPoll: Now, partitions: 4) is var node
            ? node with { Consumers = [.. node.Consumers!.Value.Select(c => c with { LastCommit = Now.AddMinutes(-30) })] }
            : throw new InvalidOperationException();

        Assert.Contains("last committed 30 min ago", Assert.Single(StalledConsumers.Check(Facts(failing))).Message);
    }

    [Fact]
    public void Nothing_stands_still_while_no_message_waits()
    {
        var idle = WithConsumer(Node("ing-1"), lastPoll: Now.AddHours(-1), partitions: 4);
        idle = idle with { Consumers = [.. idle.Consumers!.Value.Select(c => c with { Lag = 0 })] };

        Assert.Empty(StalledConsumers.Check(Facts(idle)));
    }

    [Theory]
    [InlineData(30, 60, false)] // It may still settle.
    [InlineData(300, 60, false)] // It committed since.
    [InlineData(300, 600, true)] // It never went on.
    public void A_commit_that_a_rebalance_refused_is_told_unless_the_consumer_went_on(int secondsAgo, int committedAgo, bool told)
    {
        var node = WithError(Now.AddSeconds(-committedAgo), new ConsumerError(Now.AddSeconds(-secondsAgo), "Broker: Group rebalance in progress"));

        Assert.Equal(told, ConsumerErrors.Check(Facts(node)).Any());
    }

    [Fact]
    public void A_rebalance_does_not_hide_the_error_before_it()
    {
        var node = WithError(Now, new(Now.AddSeconds(-9), "Memory limit exceeded\nstack"), new(Now.AddSeconds(-3), "Broker: Group rebalance in progress"));

        Assert.EndsWith("UTC (rows were committed since): Memory limit exceeded", Assert.Single(ConsumerErrors.Check(Facts(node))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_that_wait_while_nobody_holds_a_partition_are_told_before_anything_is_stale()
    {
        var joining = WithConsumer(Node("ing-1"), lastPoll: Now, partitions: 0);
        var other = WithConsumer(Node("ing-2"), lastPoll: Now, partitions: 0);
        var working = WithConsumer(Node("ing-2"), lastPoll: Now, partitions: 4);

        Assert.Equal(2, StalledConsumers.Check(Facts(joining, other)).Count(f => f.Severity == Severity.Warning && f.Message.Contains("no consumer of the group `", StringComparison.Ordinal)));
        Assert.Empty(StalledConsumers.Check(Facts(joining, working)));
    }

    [Fact]
    public void What_Postgres_refuses_is_said_in_its_own_words_with_what_to_do()
    {
        const string Refused = "std::exception. Code: 1001, type: pqxx::undefined_table, e.what() = Failure during '[END COPY]': ERROR:  relation \"cities\" does not exist\nLINE 1";
        var node = WithError(Now.AddMinutes(-5), new ConsumerError(Now.AddSeconds(-1), Refused));

        var finding = Assert.Single(ConsumerErrors.Check(Facts(node)));

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.Contains("Postgres does not take the rows: relation \"cities\" does not exist", finding.Message, StringComparison.Ordinal);
        Assert.Contains("MR278", finding.Fix, StringComparison.Ordinal);
        var passed = Assert.Single(ConsumerErrors.Check(Facts(WithError(Now, new ConsumerError(Now.AddSeconds(-9), Refused)))));
        Assert.Equal(Severity.Warning, passed.Severity);
        Assert.Contains("UTC (rows were committed since): ", passed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Offsets_that_could_not_be_committed_mean_that_rows_come_twice()
    {
        var node = WithError(Now.AddMinutes(-5), new ConsumerError(Now.AddMinutes(-3), "Code: 518. DB::Exception: All commit attempts failed. Last block was already written to target table(s), but was not committed to Kafka."));

        Assert.Contains("others have its rows twice", Assert.Single(ConsumerErrors.Check(Facts(node))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0.3, 3, false)] // Consumers have just been started, here and on other nodes.
    [InlineData(20, 3, true)]
    [InlineData(24 * 60, 100, false)] // Four an hour.
    public void Rebalances_are_told_when_a_group_had_the_time_to_settle(double minutesUp, long rebalances, bool told)
    {
        var node = WithConsumer(Node("ing-1"), Now, partitions: 4);
        node = node with
        {
            Seen = node.Seen with { Uptime = TimeSpan.FromMinutes(minutesUp) },
            Consumers = [.. node.Consumers!.Value.Select(c => c with { Rebalances = rebalances, LastRebalance = Now.AddSeconds(-4) })],
        };

        Assert.Equal(told, Rebalancing.Check(Facts(node)).Any());
    }

    [Fact]
    public void A_pool_of_the_servers_own_choice_is_not_judged() =>
        Assert.Empty(StreamingPool.Check(Facts(WithConsumer(Node("ing-1"), Now, 1) with { StreamingThreads = 0 })));

    [Fact]
    public void A_check_that_finds_nothing_leaves_no_diagnosis() =>
        Assert.Empty(Diagnosis.Of([VersionSkew.Rule, ClockSkew.Rule], Facts(Node("data-1", role: "data"))));

    [Fact]
    public void Codes_are_unique() =>
        Assert.Equal(DoctorRules.All.Length, DoctorRules.All.Select(rule => rule.Code).Distinct().Count());

    private static DoctorFacts Facts(params NodeVitals[] nodes) => new() { Project = Projects.Project, Nodes = [.. nodes] };

    private static NodeVitals Node(string name, string version = "26.7.2.1", string role = "events") => new()
    {
        Seen = new ObservedNode
        {
            Node = Projects.Node(name, role),
            State = NodeState.Ok,
            Version = version,
            ServerTime = Now,
            Uptime = TimeSpan.FromDays(1),
        },
    };

    private static NodeVitals WithError(DateTimeOffset committed, params ConsumerError[] errors) =>
        WithConsumer(Node("ing-1"), Now, partitions: 4) is var node
            ? node with { Consumers = [.. node.Consumers!.Value.Select(c => c with { LastCommit = committed, Errors = [.. errors] })] }
            : throw new InvalidOperationException();

    private static NodeVitals WithConsumer(NodeVitals node, DateTimeOffset lastPoll, int partitions) => node with
    {
        Seen = node.Seen with
        {
            Objects = ImmutableDictionary<ObjectName, ObjectShape>.Empty.Add(Kafka, new ObjectShape
            {
                Name = Kafka,
                Engine = "Kafka",
                EngineFull = "Kafka(msk, kafka_topic_list = 'events', kafka_group_name = 'g', kafka_format = 'JSONEachRow') SETTINGS kafka_num_consumers = 4, kafka_thread_per_consumer = 1",
            }),
        },
        Consumers = [new ConsumerState(Kafka, "c", partitions, lastPoll, Now, null, 1, Lag: 100, [])],
    };
}
