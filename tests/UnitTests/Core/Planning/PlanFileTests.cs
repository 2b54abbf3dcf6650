using System.Collections.Immutable;
using System.Reflection;
using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class PlanFileTests
{
    private static readonly Plan Plan = Shapes.Plan(
        Shapes.With("kafka_events", shape => shape with { EngineFull = "Kafka(msk)" }), Shapes.Observe(Shapes.Stream).Silence("data-2"), new PlanOptions { Without = ["data-2"] });

    /// <summary>Every property of a step that an apply depends on, changed.</summary>
    private static readonly ImmutableDictionary<string, Func<Step, Step>> Changes = new Dictionary<string, Func<Step, Step>>
    {
        ["Action"] = step => step with { Action = StepAction.Drop },
        ["Object"] = step => step with { Object = Shapes.Name("other") },
        ["Owner"] = step => step with { Owner = "pipelines/other" },
        ["Needs"] = step => step with { Needs = [] },
        ["Role"] = step => step with { Role = "other" },
        ["Phase"] = step => step with { Phase = Phase.StopLegs },
        ["Order"] = step => step with { Order = 7 },
        ["Risk"] = step => step with { Risk = Risk.Destroys },
        ["Reason"] = step => step with { Reason = "because" },
        ["Statements"] = step => step with { Statements = [.. step.Statements, "DROP TABLE x"] },
        ["Nodes"] = step => step with { Nodes = ["ing-1"] },
        ["OneNodeAtATime"] = step => step with { OneNodeAtATime = false },
        ["Before"] = step => step with { Before = [] },
        ["Expect"] = step => step with { Expect = [step.Expect[0] with { Shape = null }, .. step.Expect.Skip(1)] },
    }.ToImmutableDictionary();

    [Fact]
    public void A_plan_survives_being_stored() => Assert.Equal(PlanFile.Write(Plan), PlanFile.Write(PlanFile.Read(PlanFile.Write(Plan))));

    [Fact]
    public void The_id_depends_on_everything_that_an_apply_would_do()
    {
        foreach (var (property, change) in Changes)
            Assert.True(PlanId.Of(Plan) != PlanId.Of(Plan with { Steps = [change(Plan.Steps[0])] }), property);
        Assert.NotEqual(PlanId.Of(Plan), PlanId.Of(Plan with { Project = "other" }));
        Assert.NotEqual(PlanId.Of(Plan), PlanId.Of(Plan with { Steps = [] }));
        Assert.NotEqual(PlanId.Of(Plan), PlanId.Of(Plan with { Refusals = [Finding.Error("MR150", "no")] }));
    }

    [Fact]
    public void Every_property_of_a_step_has_a_change_in_this_test() =>
        Assert.Equal(
            typeof(Step).GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(p => p.Name).Where(name => name != nameof(Step.At)).Order(),
            Changes.Keys.Order());

    [Fact]
    public void The_id_does_not_depend_on_where_texts_are_cut()
    {
        var step = Plan.Steps[0] with { Statements = ["a", "b"], Nodes = ["c"] };
        Assert.NotEqual(
            PlanId.Of(Plan with { Steps = [step] }), PlanId.Of(Plan with { Steps = [step with { Statements = ["a"], Nodes = ["b", "c"] }] }));
    }

    [Fact]
    public void A_file_that_was_edited_is_refused()
    {
        var file = PlanFile.Write(Plan);
        foreach (var edited in (string[])[file.Replace("DROP TABLE IF EXISTS d.kafka_events SYNC", "DROP DATABASE d"), file.Replace("ing-2", "ing-9")])
        {
            Assert.NotEqual(file, edited);
            Assert.Contains("was changed after it was made", Assert.Throws<FormatException>(() => PlanFile.Read(edited)).Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("{\"version\":1,\"id\":\"x\",\"plan\":{}}")]
    [InlineData("{\"version\":1,\"id\":\"x\",\"plan\":{\"project\":null,\"steps\":[null]}}")]
    [InlineData("{\"version\":99,\"id\":\"x\",\"plan\":{\"project\":\"p\"}}")]
    public void What_is_no_plan_file_is_refused_in_words(string text) => Assert.Throws<FormatException>(() => PlanFile.Read(text));

    [Fact]
    public void A_file_cut_short_is_refused_wherever_it_is_cut()
    {
        var file = PlanFile.Write(Plan);
        for (var length = 0; length < file.Length - 1; length += 41)
            Assert.Throws<FormatException>(() => PlanFile.Read(file[..length]));
    }
}
