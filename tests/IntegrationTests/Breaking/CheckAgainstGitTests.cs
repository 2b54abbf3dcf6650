using System.Diagnostics;
using System.Text.Json.Nodes;
using Millrace.Cli;
using Millrace.Engine.Specs;
using Millrace.IntegrationTests.Apply;
using Xunit;

namespace Millrace.IntegrationTests.Breaking;

public sealed class CheckAgainstGitTests
{
    [Fact]
    public async Task What_the_working_tree_breaks_of_a_revision_is_named()
    {
        using var folder = new TempFolder();
        StarterProject.Write(folder.Path, "shop");
        Git(folder.Path, "init", "--quiet");
        Git(folder.Path, "add", "--all");
        Git(folder.Path, "-c", "user.name=t", "-c", "user.email=t@t", "commit", "--quiet", "--message", "before");
        var pipeline = Path.Combine(folder.Path, "pipelines", "events.yaml");
        await File.WriteAllTextAsync(pipeline, (await File.ReadAllTextAsync(pipeline)).Replace("team_id: Int64", "team_id: Int8", StringComparison.Ordinal));

        var (exit, output, errors) = await CliRun.RunAsync(folder.Path, null, "check", "--against", "git:HEAD", "--json");
        Assert.True(exit == ExitCode.UserError, errors + output);
        var finding = JsonNode.Parse(output)!["findings"]!.AsArray().First(f => (string?)f!["code"] == "MR307")!;
        Assert.Equal("pipelines/events.yaml", (string?)finding["file"]);
        Assert.Contains("300 becomes 44", (string?)finding["message"], StringComparison.Ordinal);
    }

    private static void Git(string folder, params string[] arguments)
    {
        using var git = Process.Start("git", ["-C", folder, .. arguments]);
        git.WaitForExit();
        Assert.Equal(0, git.ExitCode);
    }
}
