using System.Collections.Immutable;
using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Millrace.Engine.Plans;
using Millrace.UnitTests.Core;
using Xunit;

namespace Millrace.UnitTests.Cli.Output;

public sealed class PlanTextTests
{
    private static Step Step(int number, Risk risk = Risk.Safe) => new()
    {
        Action = risk == Risk.Safe ? StepAction.Create : StepAction.Drop,
        Object = new ObjectName("d", $"t{number}"),
        Owner = "pipelines/events",
        Role = "data",
        Phase = Phase.ExpandStorage,
        Risk = risk,
        Reason = risk == Risk.Safe ? "missing" : "no longer declared",
        Statements = ["CREATE TABLE"],
        Nodes = ["data-1", "data-2"],
        Before = [],
        Expect = [],
    };

    private static string Render(PlanDetail detail, int width, params IEnumerable<Step> steps)
    {
        var text = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(text, UseColour: false, width);
        var observed = new ObservedFleet(
            [.. Projects.Fleet.Nodes.Select(node => new ObservedNode { Node = node, State = NodeState.Ok })], DateTimeOffset.UnixEpoch);
        new PlanText(terminal, new FindingPrinter(terminal, new SourceLines("/nowhere", Redaction.None)))
            .Write(new PlannedFleet(new Plan { Project = "demo", Steps = [.. steps] }, [], observed), detail, "millrace apply");
        return text.ToString();
    }

    private static readonly ImmutableArray<Step> Many = [.. Enumerable.Range(1, 40).Select(i => Step(i)), Step(41, Risk.Destroys)];

    [Fact]
    public void A_plan_of_more_than_a_screen_lists_only_what_is_more_than_safe()
    {
        var text = Render(PlanDetail.Screen, 120, Many);
        Assert.True(text.Split('\n').Length < 15, text);
        Assert.Contains("create 40 on 2 nodes", text, StringComparison.Ordinal);
        Assert.Contains("drop t41", text, StringComparison.Ordinal);
        Assert.Contains("--all", text, StringComparison.Ordinal);
    }

    [Fact]
    public void All_steps_are_printed_when_asked_for() =>
        Assert.All(Many, step => Assert.Contains($" {step.Object.Name}", Render(PlanDetail.All, 120, Many), StringComparison.Ordinal));

    [Fact]
    public void A_statement_that_does_not_fit_the_window_is_told_in_words()
    {
        var step = Step(1) with { Action = StepAction.Alter, Statements = [$"ALTER TABLE d.t1 ADD COLUMN {new string('x', 60)} String"], Reason = "column x added" };
        Assert.Contains("ALTER TABLE d.t1", Render(PlanDetail.All, 160, step), StringComparison.Ordinal);
        Assert.Contains("alter t1: column x added", Render(PlanDetail.All, 80, step), StringComparison.Ordinal);
    }

    [Fact]
    public void Nodes_are_named_when_the_others_need_nothing() =>
        Assert.Contains("1 of 2: data-2", Render(PlanDetail.All, 120, Step(1) with { Nodes = ["data-2"] }), StringComparison.Ordinal);

    [Theory]
    [InlineData("plain-1.json", "plain-1.json")]
    [InlineData("it's; rm -rf", "'it'\\''s; rm -rf'")]
    [InlineData("", "''")]
    public void A_value_in_a_command_is_one_word_of_it(string value, string word) => Assert.Equal(word, CommandWord.Of(value));
}
