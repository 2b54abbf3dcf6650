using System.CommandLine;
using Millrace.Cli;
using Millrace.Cli.Commands;
using Millrace.Cli.Output;
using Xunit;

namespace Millrace.UnitTests.Cli.Commands;

public sealed class HelpTests
{
    private static string Run(params string[] arguments)
    {
        var output = new StringWriter { NewLine = "\n" };
        Tool.Root().Parse(arguments).Invoke(new InvocationConfiguration { Output = output });
        return output.ToString();
    }

    [Theory]
    [InlineData("init")]
    [InlineData("check")]
    [InlineData("plan")]
    [InlineData("apply")]
    [InlineData("status")]
    [InlineData("schema")]
    [InlineData("completion")]
    [InlineData("dev", "up")]
    public void Help_ends_with_examples_that_start_with_the_command(params string[] command)
    {
        var help = Run([.. command, "--help"]);
        Assert.Contains($"Examples:\n  {(command[0] == "completion" ? "source <(" : "")}millrace {string.Join(' ', command)}", help, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_example_is_a_command_line_that_parses()
    {
        var root = Tool.Root();
        foreach (var command in CommandList.All().SelectMany(command => command.Subcommands.Prepend(command)))
            foreach (var (line, _) in Examples.Of(command))
            {
                var bare = line.Split(['|', '>', ')'])[0].Replace("source <(", "", StringComparison.Ordinal);
                Assert.Empty(root.Parse(bare["millrace ".Length..]).Errors.Select(error => $"{line}: {error.Message}"));
            }
    }

    [Theory]
    [InlineData("bash", "complete -o default -F _millrace millrace")]
    [InlineData("zsh", "compdef _millrace millrace")]
    [InlineData("fish", "complete -c millrace")]
    public void Completion_prints_a_script_that_asks_the_tool_itself(string shell, string line)
    {
        var text = new StringWriter { NewLine = "\n" };
        Assert.Equal(ExitCode.Ok, CompletionCommand.Run(shell, new Terminal(text, UseColour: false)));
        Assert.Contains(line, text.ToString(), StringComparison.Ordinal);
        Assert.Contains("[suggest:", text.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("4f1c")]
    public void An_id_too_short_to_mean_one_plan_is_refused(string id) =>
        Assert.Contains("at least 6", Assert.Single(Tool.Root().Parse(["apply", "--plan", id]).Errors).Message, StringComparison.Ordinal);
}
