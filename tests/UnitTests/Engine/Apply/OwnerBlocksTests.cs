using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Millrace.Engine.Apply;
using Xunit;

namespace Millrace.UnitTests.Engine.Apply;

/// <summary>What one node's trouble holds back, and what goes on.</summary>
public sealed class OwnerBlocksTests
{
    private static NodeStep Step(Phase phase, string node, string owner = "pipelines/a", params string[] needs) => new(
        new Step
        {
            Action = StepAction.Alter,
            Object = new ObjectName("d", "t"),
            Owner = owner,
            Needs = [.. needs],
            Role = "r",
            Phase = phase,
            Risk = Risk.Safe,
            Reason = "",
            Statements = [],
            Nodes = [node],
            Before = [],
            Expect = [],
        },
        node);

    private static OwnerBlocks After(NodeStep item, StepResult result)
    {
        var blocks = new OwnerBlocks();
        blocks.Note([(item, new StepOutcome(result, TimeSpan.Zero))]);
        return blocks;
    }

    [Theory]
    [InlineData(StepResult.Failed)]
    [InlineData(StepResult.Skipped)]
    public void No_view_anywhere_writes_what_one_storage_node_lacks(StepResult result)
    {
        var blocks = After(Step(Phase.ExpandStorage, "data-2"), result);
        Assert.Contains("data-2", blocks.ReasonFor(Step(Phase.Legs, "ing-1")), StringComparison.Ordinal);
        Assert.NotNull(blocks.ReasonFor(Step(Phase.Legs, "ing-1", "pipelines/b", "pipelines/a")));
        Assert.Null(blocks.ReasonFor(Step(Phase.Legs, "ing-1", "pipelines/b")));
    }

    [Theory]
    [InlineData(Phase.Databases)]
    [InlineData(Phase.ExpandWritable)]
    [InlineData(Phase.Legs)]
    public void The_trouble_of_one_ingestion_node_does_not_hold_back_the_others(Phase phase)
    {
        var blocks = After(Step(phase, "ing-2"), StepResult.Failed);
        Assert.Null(blocks.ReasonFor(Step(Phase.Legs, "ing-1")));
        Assert.NotNull(blocks.ReasonFor(Step(Phase.Legs, "ing-2")));
    }

    [Theory]
    [InlineData(Phase.StopLegs)]
    [InlineData(Phase.Legs)]
    [InlineData(Phase.ContractWritable)]
    public void Storage_keeps_what_a_node_that_is_not_done_may_still_write(Phase phase)
    {
        var blocks = After(Step(phase, "ing-2", "pipelines/a", "errors/e"), StepResult.Skipped);
        Assert.NotNull(blocks.ReasonFor(Step(Phase.ContractStorage, "data-1")));
        Assert.NotNull(blocks.ReasonFor(Step(Phase.ContractStorage, "data-1", "errors/e")));
        Assert.Null(blocks.ReasonFor(Step(Phase.ContractStorage, "data-1", "pipelines/b")));
        Assert.Null(blocks.ReasonFor(Step(Phase.ContractWritable, "ing-1")));
    }

    [Fact]
    public void What_is_done_holds_back_nothing() =>
        Assert.Null(After(Step(Phase.ExpandStorage, "data-2"), StepResult.Done).ReasonFor(Step(Phase.Legs, "ing-1")));
}
