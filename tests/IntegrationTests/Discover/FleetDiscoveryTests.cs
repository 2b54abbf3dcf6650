using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Discover;
using Millrace.Engine.Nodes;
using Xunit;

namespace Millrace.IntegrationTests.Discover;

public sealed class FleetDiscoveryTests(HostsFixture hosts) : IClassFixture<HostsFixture>
{
    private static readonly ImmutableArray<Role> Roles =
        [new("data", RoleKind.Storage), new("events", RoleKind.Ingestion)];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_host_of_the_clusters_is_one_node_with_the_role_it_claims()
    {
        var found = await DiscoverAsync(Roles, "data", "data_single", "events");

        Assert.Empty(found.Findings);
        Assert.Equal(
            [
                new Node("127.0.0.2", "data", Http("127.0.0.2"), $"127.0.0.2:{hosts.Port + 1}", 1, "a"),
                new Node("127.0.0.3", "data", Http("127.0.0.3"), $"127.0.0.3:{hosts.Port + 1}", 2, "b"),
                new Node("127.0.0.4", "events", Http("127.0.0.4"), $"127.0.0.4:{hosts.Port + 1}"),
            ],
            found.Fleet.Nodes.ToArray());
    }

    [Fact]
    public async Task A_host_that_does_not_answer_stays_in_the_list_without_a_role()
    {
        var found = await DiscoverAsync(Roles, "data", "events", "with_dead");

        var dead = Assert.Single(found.Fleet.Nodes, node => node.Role.Length == 0);
        Assert.Equal("127.0.0.9", dead.Name);
        var finding = Assert.Single(found.Findings);
        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("127.0.0.9 is in the fleet's clusters, but its role is unknown", finding.Message);
    }

    [Fact]
    public async Task A_role_without_nodes_and_a_cluster_nobody_knows_are_errors()
    {
        var found = await DiscoverAsync([.. Roles, new Role("query", RoleKind.Query)], "data", "events", "nonesuch");

        Assert.Equal(["MR140", "MR144"], found.Findings.Select(f => f.Code));
        Assert.Contains("role `query` has no nodes", found.Findings[1].Message);
    }

    [Fact]
    public async Task A_host_without_the_macro_is_told()
    {
        var found = await DiscoverAsync(Roles, "data", "events", "blank");

        Assert.Equal("MR142", Assert.Single(found.Findings).Code);
        Assert.DoesNotContain(found.Fleet.Nodes, node => node.Name == "127.0.0.5");
    }

    [Fact]
    public async Task Servers_that_share_a_host_cannot_be_told_apart_by_one_port()
    {
        var found = await DiscoverAsync(Roles, "data", "events", "crowded");

        Assert.Contains(found.Findings, finding => finding.Code == "MR145");
    }

    [Fact]
    public async Task The_next_entry_host_is_asked_when_the_first_is_down()
    {
        var fleet = Fleet(Roles, "data", "events");
        fleet = fleet with { Discovery = fleet.Discovery! with { Entry = [Http("127.0.0.9"), Http("127.0.0.4")] } };

        var found = await new FleetDiscovery(hosts.Connector).DiscoverAsync(fleet, Cancel);

        Assert.Equal(3, found.Fleet.Nodes.Length);
    }

    [Fact]
    public async Task Without_any_entry_host_every_attempt_is_told()
    {
        var fleet = Fleet(Roles, "data");
        fleet = fleet with { Discovery = fleet.Discovery! with { Entry = [Http("127.0.0.9"), Http("127.0.0.10")] } };

        var error = await Assert.ThrowsAsync<NodeUnreachableException>(
            () => new FleetDiscovery(hosts.Connector).DiscoverAsync(fleet, Cancel));

        Assert.Contains($"http://127.0.0.9:{hosts.Port}: connection refused", error.Message);
        Assert.Contains($"http://127.0.0.10:{hosts.Port}: connection refused", error.Message);
    }

    private Task<DiscoveryResult> DiscoverAsync(ImmutableArray<Role> roles, params ImmutableArray<string> clusters) =>
        new FleetDiscovery(hosts.Connector).DiscoverAsync(Fleet(roles, clusters), Cancel);

    private Fleet Fleet(ImmutableArray<Role> roles, params ImmutableArray<string> clusters) => new()
    {
        Roles = roles,
        Discovery = new Discovery([Http("127.0.0.2")], clusters, hosts.Port),
        Connect = new ConnectOptions { Retries = 0 },
    };

    private Uri Http(string host) => new($"http://{host}:{hosts.Port}");
}
