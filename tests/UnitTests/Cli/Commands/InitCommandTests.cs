using Millrace.Cli;
using Millrace.Cli.Commands;
using Millrace.Cli.Output;
using Millrace.Engine;
using Millrace.Engine.Specs;
using Millrace.UnitTests.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests.Cli.Commands;

public sealed class InitCommandTests
{
    [Fact]
    public void The_starter_project_has_no_findings()
    {
        using var folder = new TempFolder();
        Assert.Equal(ExitCode.Ok, Init(folder.Path, "shop").Exit);
        var result = ProjectLoader.Load(folder.Path);
        Assert.Empty(result.Findings);
        Assert.Equal(("shop", "shop"), (result.Project!.Name, result.Project.Database));
    }

    [Fact]
    public void Its_files_point_at_schemas_that_are_there()
    {
        using var folder = new TempFolder();
        Init(folder.Path, "shop");
        foreach (var (path, text) in StarterProject.Files("shop").Where(f => f.Path.EndsWith(".yaml", StringComparison.Ordinal)))
        {
            var schema = text.Split('\n')[0].Split("$schema=")[1];
            Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(Path.Combine(folder.Path, path))!, schema)), path);
        }
    }

    [Fact]
    public void Nothing_is_written_over()
    {
        using var folder = new TempFolder().With("fleet.yaml", "mine");
        var error = Assert.Throws<UserErrorException>(() => Init(folder.Path, "shop"));
        Assert.Contains("fleet.yaml", error.Message, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(Path.Combine(folder.Path, "fleet.yaml")));
        Assert.False(File.Exists(Path.Combine(folder.Path, "millrace.yaml")));
    }

    [Fact]
    public void An_existing_gitignore_is_kept_and_the_lines_to_add_are_said()
    {
        using var folder = new TempFolder().With(".gitignore", "bin/\n");
        Assert.Contains("!.millrace/schemas/", Init(folder.Path, "shop").Said, StringComparison.Ordinal);
        Assert.Equal("bin/\n", File.ReadAllText(Path.Combine(folder.Path, ".gitignore")));
    }

    [Fact]
    public void The_name_comes_from_the_folder_unless_given()
    {
        using var folder = new TempFolder();
        Init(Path.Combine(folder.Path, "Click-Stream 2"), null);
        Assert.Equal("click_stream_2", ProjectLoader.Load(Path.Combine(folder.Path, "Click-Stream 2")).Project!.Name);
        Assert.Throws<UserErrorException>(() => Init(folder.Path, "drop table"));
    }

    private static (int Exit, string Said) Init(string folder, string? name)
    {
        var text = new StringWriter();
        return (InitCommand.Run(folder, name, new Terminal(text, UseColour: false)), text.ToString());
    }
}
