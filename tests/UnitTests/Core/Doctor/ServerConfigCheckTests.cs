using System.Collections.Immutable;
using System.Xml.Linq;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.ServerConfig;
using Millrace.Core.ServerConfig.Checks;
using Xunit;

namespace Millrace.UnitTests.Core.Doctor;

public sealed class ServerConfigCheckTests
{
    [Fact]
    public void A_node_as_the_fleet_wants_it_has_no_finding() => Assert.Empty(Check(Ingestion()));

    [Fact]
    public void Inserts_that_return_before_rows_are_on_storage_are_refused_with_the_lines_to_add()
    {
        var finding = Assert.Single(Check(Ingestion(foreground: "0")));

        Assert.Equal(("MR250", Severity.Error), (finding.Code, finding.Severity));
        Assert.Contains("<distributed_foreground_insert>1</distributed_foreground_insert>", finding.Detail, StringComparison.Ordinal);
        Assert.Contains("distributed_foreground_insert: '1'", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void The_loss_can_be_accepted_by_a_word()
    {
        var project = Projects.Project with { Policies = new Policies(AcceptBackgroundInserts: true) };

        Assert.Equal(Severity.Warning, Assert.Single(Check(Ingestion(foreground: "0"), project)).Severity);
    }

    [Fact]
    public void What_the_user_may_not_see_is_not_refused() =>
        Assert.Empty(Check(Ingestion() with { Collections = null, StreamingSettings = null }));

    [Fact]
    public void A_missing_cluster_and_one_of_another_size_are_told_apart()
    {
        var missing = Check(Ingestion() with { Clusters = [] }).ToList();
        var small = Check(Ingestion() with { Clusters = [.. Ingestion().Clusters.Where(m => m.Host != "data-2")] });

        Assert.Contains(missing, f => f.Code == "MR282" && f.Message.Contains("does not know the cluster `data`", StringComparison.Ordinal));
        Assert.Contains("has 1 shard with 1 replica on the node, declared are 2 shards with 2 replicas", Assert.Single(small).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_collection_is_shown_without_its_secrets()
    {
        var options = ImmutableSortedDictionary<string, string>.Empty.Add("sasl.password", "hush").Add("security.protocol", "SASL_SSL");
        var fleet = Projects.Fleet with { Brokers = [new Broker("msk", "msk", "b:9092", options)] };

        var finding = Assert.Single(Check(Ingestion() with { Collections = [] }, Projects.Project with { Fleet = fleet }));

        Assert.Contains("<security_protocol>SASL_SSL</security_protocol>", finding.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Yaml_says_the_same_as_xml()
    {
        var xml = XElement.Parse(
            "<clickhouse><remote_servers><data><shard><replica><host>a</host></replica><replica><host>b</host></replica></shard></data></remote_servers></clickhouse>");

        Assert.Equal(
            "remote_servers:\n  data:\n    shard:\n      replica:\n        - host: 'a'\n        - host: 'b'\n", ConfigYaml.Render(xml));
    }

    private static IEnumerable<Finding> Check(ObservedNode node, Project? project = null) =>
        ServerConfigChecks.Run(project ?? Projects.Project, new ObservedFleet([node], DateTimeOffset.UnixEpoch));

    private static ObservedNode Ingestion(string foreground = "1") => new()
    {
        Node = Projects.Node("ing-1", "events"),
        State = NodeState.Ok,
        Macros = ImmutableSortedDictionary<string, string>.Empty.Add("hostClusterRole", "events"),
        Clusters =
        [
            new("data", 1, 1, "data-1", "", 9000),
            new("data", 2, 1, "data-2", "", 9000),
            new("data_single", 1, 1, "data-1", "", 9000),
        ],
        Collections = ["msk", "ws"],
        StreamingSettings = ImmutableSortedDictionary<string, string>.Empty.Add("distributed_foreground_insert", foreground),
    };
}
