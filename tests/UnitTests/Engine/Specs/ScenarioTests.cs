using Millrace.Cli.Output;
using Millrace.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests.Engine.Specs;

/// <summary>Every folder <c>tests/scenarios/specs-*</c>: a project, and what <c>millrace check</c> must say about it.</summary>
public sealed class ScenarioTests
{
    private const string Password = "s3cret-value";

    public static TheoryData<string> Names =>
        [.. Directory.GetDirectories(Repository.PathOf("tests", "scenarios"), "specs-*").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_project_gets_exactly_the_expected_findings(string name)
    {
        var folder = Repository.PathOf("tests", "scenarios", name);
        var said = Check(Path.Combine(folder, "project"));
        Assert.DoesNotContain(Password, said, StringComparison.Ordinal);
        Expected.Matches(Path.Combine(folder, "findings.txt"), said);
    }

    [Fact]
    public void Every_rule_over_a_declaration_is_shown_by_a_scenario()
    {
        var said = string.Concat(Names.Select(n => Check(Repository.PathOf("tests", "scenarios", n.Data, "project"))));
        var rules = Directory.GetFiles(Repository.PathOf("src", "Millrace.Core", "Checks"), "*.cs").SelectMany(FindingCodes.In);
        Assert.All(rules, code => Assert.Contains(code, said, StringComparison.Ordinal));
    }

    private static string Check(string folder)
    {
        var result = ProjectLoader.Load(folder, new LoadOptions { Environment = name => name == "CLICKHOUSE_PASSWORD" ? Password : null });
        var text = new StringWriter { NewLine = "\n" };
        new FindingPrinter(new Terminal(text, UseColour: false), new SourceLines(folder, result.Redaction)).Print(result.Findings);
        text.WriteLine(FindingPrinter.Count(result.Findings));
        return text.ToString();
    }
}
