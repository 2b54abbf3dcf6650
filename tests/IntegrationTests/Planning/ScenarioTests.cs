using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.Engine.Plans;
using Millrace.UnitTests;
using Xunit;

namespace Millrace.IntegrationTests.Planning;

/// <summary>Every folder <c>tests/scenarios/plan-*</c>: from one declaration to another, and the plan that people review.</summary>
public sealed class ScenarioTests(LabFixture lab) : IClassFixture<LabFixture>
{
    public static TheoryData<string> Names => [.. Scenario.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_plan_is_exactly_the_expected_one(string name)
    {
        var scenario = new Scenario(name);
        var request = await scenario.LoadAsync(lab, TestContext.Current.CancellationToken);
        var plan = Planner.Plan(request);
        Expected.Matches(scenario.ExpectedPlan, Render(new PlannedFleet(plan, request.Objects, request.Observed), scenario.Detail));

        // Laws that hold for every plan: it survives being stored, and runs in the world that it was made for.
        var stored = PlanFile.Read(PlanFile.Write(plan));
        Assert.Equal(PlanId.Of(plan), PlanId.Of(stored));
        if (plan.Refusals.IsEmpty)
            Assert.Empty(WorldCheck.Differences(stored, request.Observed));
        Assert.Equal(PlanId.Of(plan), PlanId.Of(Planner.Plan(request)));
        Assert.Empty(Planner.Plan(request with { Observed = AsDeclared(request) }).Steps);
    }

    /// <summary>The same fleet once all is done.</summary>
    private static Core.Observed.ObservedFleet AsDeclared(PlanRequest request)
    {
        var world = new World(request.Project.Fleet);
        world.Fill(request.Objects);
        return world.Observed;
    }

    private static string Render(PlannedFleet planned, PlanDetail detail)
    {
        var text = new StringWriter { NewLine = "\n" };
        var terminal = new Terminal(text, UseColour: false, Width: 160);
        new PlanText(terminal, new FindingPrinter(terminal, new SourceLines("/nowhere", Redaction.None)))
            .Write(planned, detail, next: null);
        return text.ToString().Replace(PlanId.Of(planned.Plan), "ID", StringComparison.Ordinal);
    }
}
