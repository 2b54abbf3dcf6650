using System.Diagnostics;
using Millrace.Embedded;
using Millrace.IntegrationTests.Apply;
using Millrace.IntegrationTests.Streams;
using Xunit;

namespace Millrace.IntegrationTests.Failures;

/// <summary>The real commands over a real cluster, when something is not as it should be.</summary>
public sealed class ApplyCommandTests(StreamFixture fixture) : IClassFixture<StreamFixture>
{
    private const string Password = "hunter2-secret";

    [Fact]
    public async Task Apply_does_what_the_plan_said_and_nothing_the_second_time()
    {
        using var project = new ProjectFolder(fixture.Cluster, "once", "once");
        var plan = await project.RunAsync("plan", "--detailed-exitcode");
        Assert.Equal(2, plan.Exit);
        var id = plan.Output.Split("apply --plan ")[1].Split(' ')[0];

        Assert.Equal(1, (await project.RunAsync("apply", "--plan", "0123456789ab")).Exit);
        Assert.Equal(1, (await project.RunAsync("apply", "--plan", "")).Exit);

        var first = await project.RunAsync("apply", "--plan", id);
        Assert.True(first.Exit == 0, first.Output + first.Errors);
        Assert.Contains("nothing left to do", first.Output, StringComparison.Ordinal);
        var second = await project.RunAsync("apply", "--plan", id);
        Assert.Equal((0, "Nothing to do: the fleet is as declared.\n"), (second.Exit, second.Output));
        Assert.Equal(0, (await project.RunAsync("plan", "--detailed-exitcode")).Exit);
    }

    [Fact]
    public async Task A_stored_plan_is_refused_when_the_world_has_moved()
    {
        using var project = new ProjectFolder(fixture.Cluster, "moved", "moved");
        Assert.Equal(0, (await project.RunAsync("apply")).Exit);
        project.Declare("moved", "shout: { type: String, expr: upper(body) }");
        Assert.Equal(0, (await project.RunAsync("plan", "--out", project.PathOf("plan.json"))).Exit);
        await fixture.ExecuteAsync("data-2", "ALTER TABLE moved.sharded_moved ADD COLUMN by_hand String");

        var refused = await project.RunAsync("apply", project.PathOf("plan.json"));
        Assert.Equal(1, refused.Exit);
        Assert.Contains("moved.sharded_moved changed on data-2", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("Nothing was changed", refused.Errors, StringComparison.Ordinal);
        Assert.Equal("0", await fixture.TextAsync("data-1", "SELECT count() FROM system.columns WHERE database = 'moved' AND name = 'shout'"));

        await File.WriteAllTextAsync(
            project.PathOf("plan.json"),
            (await File.ReadAllTextAsync(project.PathOf("plan.json"), TestContext.Current.CancellationToken)).Replace("ADD COLUMN", "DROP COLUMN", StringComparison.Ordinal),
            TestContext.Current.CancellationToken);
        Assert.Contains("was changed after it was made", (await project.RunAsync("apply", project.PathOf("plan.json"))).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_password_is_told_node_by_node_and_never_shown()
    {
        using var project = new ProjectFolder(fixture.Cluster, "locked", "locked");
        project.Fleet += $"connect: {{ user: nobody, password: \"${{env:MILLRACE_TEST_PASSWORD}}\" }}\n";
        foreach (var command in (string[][])[["plan"], ["apply"], ["plan", "--json"], ["status", "--interval", "0.1"], ["status", "--json", "--interval", "0.1"]])
        {
            var (exit, output, errors) = await MillraceCli.RunWithAsync("MILLRACE_TEST_PASSWORD", Password, project.Path, command);
            var said = output + errors;
            Assert.True(exit == 3, $"{string.Join(' ', command)} ended with {exit}:\n{said}");
            Assert.All((string[])["data-1", "data-2", "events-1", "events-2", "query-1"], node => Assert.Contains(node, said, StringComparison.Ordinal));
            Assert.Contains("AUTHENTICATION_FAILED", said, StringComparison.Ordinal);
            Assert.DoesNotContain(Password, said, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Ctrl_C_says_how_far_it_came_and_the_next_apply_finishes()
    {
        using var project = new ProjectFolder(fixture.Cluster, "cut", [.. Enumerable.Range(1, 4).Select(i => $"cut{i}")]);
        // Frozen in the middle, so that the interrupt cannot come too early or too late.
        using var apply = CliRun.Start(project.Path, "stop@20", "apply");
        while (!apply.IsFrozen)
            await Task.Delay(50, TestContext.Current.CancellationToken);
        Process.Start("kill", ["-INT", $"{apply.ProcessId}"]).WaitForExit();
        UnixProcess.Resume(apply.ProcessId);
        var (exit, output, errors) = await apply.EndAsync();

        var said = output + errors;
        Assert.True(exit == 3, said);
        Assert.Matches("interrupted: [0-9]+ of [0-9]+ steps are done", said);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Equal(0, await fixture.NumberAsync("events-1", "SELECT count() FROM system.tables WHERE database = 'cut' AND name LIKE 'kafka%' AND engine = 'Null'"));

        var second = await project.RunAsync("apply");
        Assert.True(second.Exit == 0, second.Output + second.Errors);
        Assert.Equal(0, (await project.RunAsync("plan", "--detailed-exitcode")).Exit);
    }

    [Fact]
    public async Task Destroying_without_a_terminal_is_refused_rather_than_asked()
    {
        using var project = new ProjectFolder(fixture.Cluster, "gone", "gone");
        Assert.Equal(0, (await project.RunAsync("apply")).Exit);
        File.Delete(project.PathOf("pipelines/gone.yaml"));
        var kept = await project.RunAsync("apply");
        Assert.Equal(0, kept.Exit);
        Assert.Contains("--allow-destroy sharded_gone", kept.Output, StringComparison.Ordinal);

        var asked = await MillraceCli.RunAsync(project.Path, "apply", "--allow-destroy", "sharded_gone");
        Assert.Equal(1, asked.Exit);
        Assert.Contains("--yes", asked.Errors, StringComparison.Ordinal);
        Assert.Equal(1, await fixture.NumberAsync("data-1", "SELECT count() FROM system.tables WHERE database = 'gone' AND name = 'sharded_gone'"));

        Assert.Equal(0, (await project.RunAsync("apply", "--allow-destroy", "sharded_gone", "--yes")).Exit);
        Assert.Equal(0, await fixture.NumberAsync("data-1", "SELECT count() FROM system.tables WHERE database = 'gone' AND name = 'sharded_gone'"));
    }
}
