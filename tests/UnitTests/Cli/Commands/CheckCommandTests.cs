using System.Text.Json.Nodes;
using Millrace.Cli;
using Millrace.Cli.Commands;
using Millrace.Cli.Output;
using Millrace.Engine;
using Millrace.UnitTests.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests.Cli.Commands;

public sealed class CheckCommandTests
{
    [Fact]
    public void A_sound_project_exits_with_0()
    {
        using var folder = new TempFolder();
        InitCommand.Run(folder.Path, "shop", new Terminal(TextWriter.Null, UseColour: false));
        var (exit, said) = Check(folder.Path);
        Assert.Equal(ExitCode.Ok, exit);
        Assert.StartsWith("0 errors, 0 warnings in 1 pipeline on 4 nodes", said, StringComparison.Ordinal);
    }

    [Fact]
    public void Errors_exit_with_1() => Assert.Equal(ExitCode.UserError, Check(Repository.PathOf("tests", "scenarios", "specs-streaming", "project")).Exit);

    [Fact]
    public void Json_is_one_document_with_every_finding()
    {
        var (exit, said) = Check(Repository.PathOf("tests", "scenarios", "specs-no-fleet", "project"), json: true);
        var document = JsonNode.Parse(said)!;
        Assert.Equal(ExitCode.UserError, exit);
        Assert.False((bool)document["ok"]!);
        Assert.Equal(["MR001", "MR010"], document["findings"]!.AsArray().Select(f => (string)f!["code"]!));
        Assert.Equal("pipelines/events.yaml", (string)document["findings"]![1]!["file"]!);
    }

    [Fact]
    public void Another_fleet_can_be_named()
    {
        using var folder = Sample.Clickstream().With("other/fleet.yaml", "roles: []\n");
        var text = new StringWriter();
        var exit = CheckCommand.Run(folder.Path, Path.Combine(folder.Path, "other/fleet.yaml"), json: false, new Terminal(text, UseColour: false));
        Assert.Equal(ExitCode.UserError, exit);
        Assert.Contains("other/fleet.yaml:1:", text.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_is_no_project_says_so()
    {
        using var folder = new TempFolder();
        Assert.Contains("millrace init", Assert.Throws<UserErrorException>(() => Check(folder.Path)).Message, StringComparison.Ordinal);
    }

    private static (int Exit, string Said) Check(string path, bool json = false)
    {
        var text = new StringWriter();
        return (CheckCommand.Run(path, fleet: null, json, new Terminal(text, UseColour: false)), text.ToString());
    }
}
