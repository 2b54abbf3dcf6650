using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Engine;
using Millrace.Kafka;
using Xunit;

namespace Millrace.UnitTests.DevCluster;

public sealed class DevClusterSpecTests
{
    [Fact]
    public void A_number_means_the_default_role_and_a_name_its_own()
    {
        Assert.Equal(new DevRole("events", RoleKind.Ingestion, 3), DevRole.Parse("3", RoleKind.Ingestion, "events"));
        Assert.Equal(new DevRole("shufflehog", RoleKind.Ingestion, 1), DevRole.Parse("shufflehog=1", RoleKind.Ingestion, "events"));
    }

    [Theory]
    [InlineData("many")]
    [InlineData("-1")]
    [InlineData("1000")]
    [InlineData("bad name=1")]
    [InlineData("=1")]
    public void A_role_that_cannot_be_is_refused_with_words(string text) =>
        Assert.Throws<UserErrorException>(() => DevRole.Parse(text, RoleKind.Storage, "data"));

    [Theory]
    [InlineData("events:8", "events", 8)]
    [InlineData("a:b:2", "a:b", 2)]
    public void A_topic_is_a_name_and_its_partitions(string text, string name, int partitions) =>
        Assert.Equal(new TopicSpec(name, partitions), TopicSpec.Parse(text));

    [Theory]
    [InlineData("events")]
    [InlineData("events:0")]
    [InlineData(":3")]
    public void A_topic_without_partitions_is_refused(string text) =>
        Assert.Throws<UserErrorException>(() => TopicSpec.Parse(text));

    [Fact]
    public void A_broker_cannot_have_the_name_of_a_role()
    {
        var error = Assert.Throws<UserErrorException>(() => (DevClusterSpec.Default with { Brokers = ["events"] }).Check());
        Assert.Contains("`events` names two things", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cluster_without_storage_is_refused() =>
        Assert.Throws<UserErrorException>(() => (DevClusterSpec.Default with { Roles = [new("query", RoleKind.Query, 1)] }).Check());

    [Fact]
    public void Ports_that_a_node_had_stay_its_own()
    {
        var known = new Dictionary<string, NodePorts> { ["data-1"] = new(18001, 19001) };
        var plan = PortPlan.Assign(["data-1", "data-2"], known, firstPort: 18001);
        Assert.Equal(new NodePorts(18001, 19001), plan["data-1"]);
        Assert.NotEqual(plan["data-1"], plan["data-2"]);
    }
}
