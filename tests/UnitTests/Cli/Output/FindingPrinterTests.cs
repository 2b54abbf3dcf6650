using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.UnitTests.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests.Cli.Output;

public sealed class FindingPrinterTests
{
    [Fact]
    public void A_finding_shows_its_line_with_what_is_meant_underlined()
    {
        var finding = Finding.Error("MR204", "16 consumers for 8 partitions", new SourceRef("a.yaml", 2, 3, 12), "consumers: 4") with { Detail = "8 partitions" };
        Assert.Equal(
            """
            a.yaml:2:3  error    MR204  16 consumers for 8 partitions
                2 |   consumers: 8   # two nodes
                  |   ^^^^^^^^^^^^ 8 partitions
               fix: consumers: 4   docs/checks/MR204.md


            """,
            Print(finding, "leg:\n  consumers: 8   # two nodes\n"));
    }

    [Fact]
    public void A_finding_without_a_line_is_still_whole()
    {
        var finding = Finding.Error("MR300", "gone") with { Detail = "first\nsecond" };
        Assert.Equal("fleet  error    MR300  gone\n   first\n   second\n   docs/checks/MR300.md\n\n", Print(finding, ""));
    }

    [Fact]
    public void A_long_line_is_cut_around_what_is_meant()
    {
        var line = new string('a', 300) + "HERE" + new string('b', 300);
        var printed = Print(Finding.Error("MR1", "x", new SourceRef("a.yaml", 1, 301, 4)), line).Split('\n');
        Assert.True(printed[1].Length <= 120);
        Assert.Equal("HERE", printed[1].Substring(printed[2].IndexOf('^'), 4));
    }

    [Fact]
    public void Tabs_before_the_place_keep_the_carets_in_line() =>
        Assert.Contains("\t^^^", Print(Finding.Error("MR1", "x", new SourceRef("a.yaml", 1, 2, 3)), "\tabc"), StringComparison.Ordinal);

    [Fact]
    public void A_place_beyond_the_end_of_the_line_is_harmless() =>
        Assert.Contains("^", Print(Finding.Error("MR1", "x", new SourceRef("a.yaml", 1, 99, 9)), "short"), StringComparison.Ordinal);

    [Theory]
    [InlineData("connect: { password: hunter2, retries: x }")]
    [InlineData("  password: 'hunter2'")]
    [InlineData("  kafka_sasl_password: hunter2")]
    [InlineData("http: http://default:hunter2@host:8123")]
    public void A_secret_in_the_line_is_masked_even_when_the_file_was_not_understood(string line)
    {
        var printed = Print(Finding.Error("MR004", "not valid YAML", new SourceRef("a.yaml", 1, 1)), line);
        Assert.DoesNotContain("hunter2", printed, StringComparison.Ordinal);
        Assert.Contains("[hidden]", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reference_in_the_line_is_shown() =>
        Assert.Contains("${env:PW}", Print(Finding.Error("MR1", "x", new SourceRef("a.yaml", 1, 1)), "password: \"${env:PW}\""), StringComparison.Ordinal);

    [Fact]
    public void Colour_is_only_used_where_it_is_wanted()
    {
        var finding = Finding.Error("MR1", "x", new SourceRef("a.yaml", 1, 1));
        Assert.DoesNotContain('\e', Print(finding, "line"));
        Assert.Contains("\e[31m", Print(finding, "line", colour: true), StringComparison.Ordinal);
    }

    private static string Print(Finding finding, string file, bool colour = false)
    {
        using var folder = new TempFolder().With("a.yaml", file);
        var text = new StringWriter { NewLine = "\n" };
        new FindingPrinter(new Terminal(text, colour), new SourceLines(folder.Path, Redaction.None)).Print([finding]);
        return text.ToString();
    }
}
