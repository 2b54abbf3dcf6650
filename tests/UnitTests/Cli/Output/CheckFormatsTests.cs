using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Core.Lineage;
using Xunit;

namespace Millrace.UnitTests.Cli.Output;

public sealed class CheckFormatsTests
{
    private static readonly Finding Wraps = Finding.Error("MR301", "300 becomes 44, 100%", new SourceRef("schema/a,b.sql", 3, 5, 12), "widen")
        with { Detail = "a -> b\nmeasured", Subject = "shop.totals" };

    [Fact]
    public void An_annotation_is_one_line_with_its_place() =>
        Assert.Equal(
            "::error file=schema/a%2Cb.sql,line=3,col=5,title=MR301::300 becomes 44, 100%25%0Aa -> b%0Ameasured%0Afix: widen%0Adocs/checks/MR301.md\n",
            Written(CheckFormat.Github));

    [Fact]
    public void Sarif_has_a_rule_and_a_region()
    {
        var run = JsonNode.Parse(Written(CheckFormat.Sarif))!["runs"]![0]!;
        Assert.Equal("MR301", (string?)run["tool"]!["driver"]!["rules"]![0]!["id"]);
        var result = run["results"]![0]!;
        Assert.Equal("error", (string?)result["level"]);
        var place = result["locations"]![0]!["physicalLocation"]!;
        Assert.Equal("schema/a,b.sql", (string?)place["artifactLocation"]!["uri"]);
        Assert.Equal("3 5 17", $"{place["region"]!["startLine"]} {place["region"]!["startColumn"]} {place["region"]!["endColumn"]}");
    }

    [Fact]
    public void A_comment_shows_the_affected_part_with_what_is_damaged()
    {
        var affected = new LineageGraph(
            [new LineageNode("data/shop.events", "shop.events", "data", NodeKind.Storage), new LineageNode("data/shop.totals", "shop.totals", "data", NodeKind.Storage)],
            [new LineageEdge("data/shop.events", "data/shop.totals", EdgeKind.Direct)],
            []);
        var report = new Millrace.Engine.Breaking.ChangeReport([], 2, []) { Affected = affected };
        var text = Written(CheckFormat.Markdown, report);
        Assert.Contains("- **error MR301** 300 becomes 44, 100% (`schema/a,b.sql:3:5`)", text, StringComparison.Ordinal);
        Assert.Contains("n1[(\"shop.totals<br/><small></small>\")]:::damaged", text, StringComparison.Ordinal);
        Assert.Contains("n0 --> n1", text, StringComparison.Ordinal);
    }

    private static string Written(CheckFormat format, Millrace.Engine.Breaking.ChangeReport? report = null)
    {
        var text = new StringWriter { NewLine = "\n" };
        new CheckReportWriter(new Terminal(text, UseColour: false), "/nowhere", new CheckOutcome([Wraps], Redaction.None) { Report = report })
            .Write(format, TimeSpan.Zero);
        return text.ToString();
    }
}
