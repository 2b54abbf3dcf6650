using Millrace.Core.Doctor;
using Millrace.Core.Findings;
using Xunit;

namespace Millrace.IntegrationTests.Doctor;

/// <summary>Every live check on real servers: once where its condition holds, once where it does not.</summary>
public sealed class FleetDoctorTests(SickFleet sick, HealthyFleet healthy) : IClassFixture<SickFleet>, IClassFixture<HealthyFleet>
{
    /// <summary>Conditions that no server of this build can be brought into, or that need a larger fleet; they have tests over facts.</summary>
    private static readonly string[] OnlyOverFacts = ["MR262", "MR263", "MR276"];

    /// <summary>Shown with a real Postgres by <see cref="Sinks.FailingSinkTests"/>.</summary>
    private static readonly string[] WithPostgres = ["MR278", "MR279"];

    public static TheoryData<string> Codes => [.. DoctorRules.All.Select(rule => rule.Code).Except(OnlyOverFacts).Except(WithPostgres)];

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_check_finds_what_is_wrong_on_real_servers(string code) =>
        Assert.Contains(sick.Report.Findings, finding => finding.Code == code);

    [Fact]
    public void A_healthy_fleet_has_nothing_to_report() =>
        Assert.Equal([], healthy.Report.Findings.Select(f => $"{f.Code} {f.Node} {f.Message}"));

    [Fact]
    public void A_healthy_fleet_was_looked_at()
    {
        Assert.Equal(4, healthy.Report.Facts.Nodes.Length);
        Assert.All(healthy.Report.Facts.Nodes, node => Assert.Equal([], node.Unseen));
        Assert.All(healthy.Report.Facts.NodesOf("events"), node => Assert.Single(node.Consumers!.Value));
        Assert.All(healthy.Report.Facts.Nodes, node => Assert.Equal("millrace", node.ClusterUsers!.Value[0].User));
        Assert.True(healthy.Report.Facts.FindBroker("msk")!.Lags.Length == 1);
    }

    [Theory]
    [InlineData("MR250", "events-1", "in profile `streams`")]
    [InlineData("MR251", "events-1", "`d.writable_events`: 1 file")]
    [InlineData("MR253", "events-1", "`d.kafka_events`")]
    [InlineData("MR254", "events-1", "4 Kafka tables want 4 threads, 1 of")]
    [InlineData("MR257", "events-1", "`d.kafka_events`: has never polled; 1 message wait")]
    [InlineData("MR259", "events-1", "`d.kafka_dead`")]
    [InlineData("MR260", "data-1", "12 active parts")]
    [InlineData("MR261", "data-1", "cannot be")]
    [InlineData("MR277", "data-1", "`d.replica`: read-only, it takes no rows")]
    [InlineData("MR264", "events-1", "asked as `millrace`, answered as `default`")]
    [InlineData("MR265", "events-1", "kafka_max_block_size = 1000 lives only on the node")]
    [InlineData("MR267", "events-1", "`d.kafka_shadow` (made by hand)")]
    [InlineData("MR268", "events-1", "`d.by_hand` writes into `d.writable_events`")]
    [InlineData("MR507", "events-1", "`d.writable_ringed` follows no epoch of it, the lock file of the ring `main` is at epoch 1")]
    [InlineData("MR511", "events-1", "`data-1` holds shard 1, which is number 1 of the cluster `data`, but this node has it as number 2")]
    [InlineData("MR509", "query-1", "`d.kept`: 1 row")]
    [InlineData("MR510", "query-1", "`d.payments` reads from storage")]
    [InlineData("MR274", "ghost", "unreachable")]
    [InlineData("MR280", "swapped", "`query`, declared is `events`")]
    [InlineData("MR281", "data-1", "`replica`")]
    [InlineData("MR282", "events-1", "`data_single`")]
    [InlineData("MR283", "events-1", "`twin`")]
    public void The_evidence_names_node_object_and_number(string code, string node, string words) =>
        Assert.Contains(sick.Report.Findings, f => f.Code == code && f.Node == node && f.Message.Contains(words, StringComparison.Ordinal));

    [Fact]
    public void What_to_add_to_a_nodes_configuration_is_said_in_both_notations()
    {
        var detail = sick.Report.Findings.Single(f => f.Code == "MR283").Detail!;
        Assert.Contains("<named_collections>", detail, StringComparison.Ordinal);
        Assert.Contains("named_collections:", detail, StringComparison.Ordinal);
        Assert.Contains("localhost:", detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_finding_says_what_to_do_and_none_shows_a_stack_or_password()
    {
        Assert.All(sick.Report.Findings, finding =>
        {
            Assert.False(string.IsNullOrEmpty(finding.Fix));
            Assert.DoesNotContain("\n", finding.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("sick-password", finding.Message + finding.Detail, StringComparison.Ordinal);
        });
        Assert.Contains(sick.Report.Findings, f => f.Severity == Severity.Error);
    }
}
