using Millrace.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests;

public sealed class DocumentationTests
{
    [Fact]
    public void The_reference_page_of_project_files_is_up_to_date() =>
        Expected.Matches(Repository.PathOf("docs", "reference", "project-files.md"), ProjectFilesReference.Markdown());

    [Fact]
    public void The_index_of_findings_lists_every_page()
    {
        var index = Repository.PathOf("docs", "checks", "README.md");
        var introduction = File.ReadAllText(index).Split("\n- [", 2)[0];
        Expected.Matches(index, introduction + "\n" + string.Concat(Pages().Order(StringComparer.Ordinal).Select(code => $"- [{code}]({code}.md) {Title(code)}\n")));
    }

    [Fact]
    public void Every_finding_has_a_page()
    {
        Assert.All(Codes(), code =>
        {
            var page = File.ReadAllText(Repository.PathOf("docs", "checks", $"{code}.md"));
            Assert.StartsWith($"# {code}: ", page, StringComparison.Ordinal);
            Assert.Contains("## Example", page, StringComparison.Ordinal);
            Assert.Contains("## Fix", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_page_is_about_a_finding_that_exists() => Assert.Empty(Pages().Except(Codes()));

    private static IEnumerable<string> Pages() =>
        Directory.GetFiles(Repository.PathOf("docs", "checks"), "MR*.md").Select(path => Path.GetFileNameWithoutExtension(path)!);

    private static string Title(string code) =>
        File.ReadLines(Repository.PathOf("docs", "checks", $"{code}.md")).First()[$"# {code}: ".Length..];

    private static string[] Codes() =>
    [
        .. Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).SelectMany(FindingCodes.In).Distinct().Order(StringComparer.Ordinal),
    ];
}
