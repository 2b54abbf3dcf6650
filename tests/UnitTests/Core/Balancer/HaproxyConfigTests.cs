using Millrace.Core.Balancer;
using Millrace.Core.Compile;
using Millrace.UnitTests.Core.Layers;
using Xunit;

namespace Millrace.UnitTests.Core.Balancer;

public sealed class HaproxyConfigTests
{
    private static string Render(BalancerOptions? options = null) =>
        HaproxyConfig.Render(LayeredProject.With(LayeredProject.Dashboards), options ?? new BalancerOptions());

    [Fact]
    public void The_text_is_as_reviewed() => Expected.Matches(
        Repository.PathOf("tests", "UnitTests", "Core", "Balancer", "haproxy.cfg"),
        Render(new BalancerOptions { AlsoReady = ["0123456789abcdef"] }));

    [Fact]
    public void A_node_must_be_ready_with_the_declaration_of_its_layer()
    {
        var project = LayeredProject.With(LayeredProject.Dashboards);
        var declaration = Readiness.Declarations(project)["dashboards"];
        Assert.Contains($"http-check expect rstring ^({declaration})\n", Render(), StringComparison.Ordinal);
        Assert.Contains(
            $"'{declaration}' AS declaration",
            Compiler.Compile(project).Single(item => item.Purpose == ObjectPurpose.Ready && item.Placement.Role == "dashboards").CreateSql,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_that_is_not_balanced_has_no_frontend() => Assert.DoesNotContain("monitoring", Render(), StringComparison.Ordinal);

    [Fact]
    public void A_certificate_makes_both_frontends_TLS()
    {
        var layer = LayeredProject.Dashboards with { Balance = LayeredProject.Dashboards.Balance! with { Certificate = "/etc/haproxy/m.pem" } };
        var text = HaproxyConfig.Render(LayeredProject.With(layer), new BalancerOptions());
        Assert.Contains("bind *:8123 ssl crt /etc/haproxy/m.pem alpn http/1.1\n", text, StringComparison.Ordinal);
        Assert.Contains("bind *:9000 ssl crt /etc/haproxy/m.pem\n", text, StringComparison.Ordinal);
    }
}
