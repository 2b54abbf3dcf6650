using Millrace.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests;

public sealed class DocumentationTests
{
    [Fact]
    public void The_reference_page_of_project_files_is_up_to_date() =>
        Expected.Matches(Repository.PathOf("docs", "reference", "project-files.md"), ProjectFilesReference.Markdown());

    [Fact]
    public void Every_finding_has_a_page_that_the_index_lists()
    {
        var index = File.ReadAllText(Repository.PathOf("docs", "checks", "README.md"));
        Assert.All(Codes(), code =>
        {
            Assert.Contains($"({code}.md)", index, StringComparison.Ordinal);
            var page = File.ReadAllText(Repository.PathOf("docs", "checks", $"{code}.md"));
            Assert.StartsWith($"# {code}: ", page, StringComparison.Ordinal);
            Assert.Contains("## Example", page, StringComparison.Ordinal);
            Assert.Contains("## Fix", page, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Every_page_is_about_a_finding_that_exists()
    {
        var pages = Directory.GetFiles(Repository.PathOf("docs", "checks"), "MR*.md").Select(p => Path.GetFileNameWithoutExtension(p)!);
        Assert.Empty(pages.Except(Codes()));
    }

    private static string[] Codes() =>
    [
        .. Directory.GetFiles(Repository.PathOf("src"), "*.cs", SearchOption.AllDirectories).SelectMany(FindingCodes.In).Distinct().Order(StringComparer.Ordinal),
    ];
}
