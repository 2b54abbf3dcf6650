using Millrace.Core.Compile;
using Millrace.Core.Layers;
using Millrace.Core.Model;
using Millrace.UnitTests.Core.Rings;
using Xunit;

namespace Millrace.UnitTests.Core.Layers;

public sealed class LayerUsersXmlTests
{
    private static Project Layered => LayeredProject.With(LayeredProject.Dashboards);

    private static string Xml(string role) => LayerUsersXml.Render(Layered, Layered.Fleet.FindRole(role)!)!;

    [Fact]
    public void A_layers_nodes_hold_only_the_tables_that_it_is_granted()
    {
        var names = Compiler.Compile(Layered).Select(item => $"{item.Placement.Role} {item.Name.Name}").ToArray();
        Assert.Contains("dashboards events", names);
        Assert.DoesNotContain("dashboards ingestion_errors", names);
        Assert.Contains("monitoring ingestion_errors", names);
    }

    [Fact]
    public void Its_users_read_its_tables_with_its_profile_and_their_hash_comes_from_the_servers_environment()
    {
        var xml = Xml("dashboards");
        Assert.Contains("<password_sha256_hex from_env=\"GRAFANA_SHA256\" />", xml, StringComparison.Ordinal);
        Assert.Contains("<query>GRANT SELECT ON d.events</query>", xml, StringComparison.Ordinal);
        Assert.Contains("<ip>10.0.0.0/8</ip>", xml, StringComparison.Ordinal);
        Assert.Contains("<profile>dashboards</profile>", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("sharded_events", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Storage_knows_them_with_the_right_to_read_what_stands_behind_their_tables()
    {
        var xml = Xml("data");
        Assert.Contains("<query>GRANT SELECT ON d.sharded_events</query>", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("<query>GRANT SELECT ON d.events</query>", xml, StringComparison.Ordinal);
        Assert.DoesNotContain(LayerUsersXml.ReadyUser, xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Answers_are_whole_and_limits_cannot_be_raised()
    {
        var xml = Xml("dashboards");
        Assert.Contains("<skip_unavailable_shards>0</skip_unavailable_shards>", xml, StringComparison.Ordinal);
        Assert.Contains("<distributed_product_mode>deny</distributed_product_mode>", xml, StringComparison.Ordinal);
        Assert.Contains("<max>30</max>", xml, StringComparison.Ordinal);
    }

    [Fact]
    public void Ingestion_nodes_need_none() => Assert.Null(LayerUsersXml.Render(Layered, Layered.Fleet.FindRole("events")!));

    [Fact]
    public void Shards_are_skipped_only_when_every_sharded_table_of_the_layer_is_on_a_settled_ring()
    {
        static string Skips(Project project) => LayerProfile.Of(project, project.Fleet.FindRole("query")!)["optimize_skip_unused_shards"];
        Assert.Equal("0", Skips(Projects.Project));
        Assert.Equal("1", Skips(RingedProject.With(RingedProject.Lock)));
        Assert.Equal("0", Skips(RingedProject.With(RingedProject.Lock.Next([new(1), new(2, 3)], DateTimeOffset.UnixEpoch, "bob", "bigger"))));
    }
}
