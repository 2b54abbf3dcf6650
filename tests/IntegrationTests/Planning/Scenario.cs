using System.Collections.Immutable;
using Millrace.Cli.Output;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Engine.Lab;
using Millrace.Engine.Specs;
using Millrace.UnitTests;
using Xunit;

namespace Millrace.IntegrationTests.Planning;

/// <summary>
/// A folder <c>tests/scenarios/plan-NAME</c>: the project that the nodes have (<c>before</c>, missing for blank nodes), the
/// one that is declared (<c>after</c>), what else is the matter (<c>world.txt</c>, see <see cref="World"/>, and
/// <c>by-hand.sql</c>, see <see cref="ByHand"/>), and the plan that must come of it.
/// </summary>
internal sealed class Scenario(string name)
{
    private readonly string folder = Repository.PathOf("tests", "scenarios", name);

    public string ExpectedPlan => Path.Combine(folder, "expected-plan.txt");

    /// <summary>Statements are shown where a <c>show-sql</c> file asks for them.</summary>
    public PlanDetail Detail => File.Exists(Path.Combine(folder, "show-sql")) ? PlanDetail.Sql : PlanDetail.All;

    public static IEnumerable<string> Names =>
        Directory.GetDirectories(Repository.PathOf("tests", "scenarios"), "plan-*").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal);

    /// <summary>What is declared, what is observed, and what the user allows.</summary>
    public async Task<PlanRequest> LoadAsync(LabFixture lab, CancellationToken cancel)
    {
        var (before, after) = (Project("before"), Project("after"));
        var declared = await CanonicalAsync(lab, after!, cancel);
        var present = before is null ? null : await CanonicalAsync(lab, before, cancel);
        var world = new World(after!.Fleet);
        if (present is not null)
            world.Fill(present.Objects);
        await ByHand.RunAsync(Path.Combine(folder, "by-hand.sql"), lab.Host, after, world, cancel);
        world.Run(Lines("world.txt"));
        return new PlanRequest(after, declared.Objects, world.Observed, world.Options);
    }

    private static async Task<LabResult> CanonicalAsync(LabFixture lab, Project project, CancellationToken cancel)
    {
        var result = await lab.Loader.LoadAsync(project, cancel);
        Assert.Empty(result.Findings);
        return result;
    }

    private Project? Project(string part)
    {
        if (part == "before" && !Directory.Exists(Path.Combine(folder, part)))
            return null;
        var own = Path.Combine(folder, "fleet.yaml");
        var result = ProjectLoader.Load(
            Path.Combine(folder, part),
            new LoadOptions { FleetFile = File.Exists(own) ? own : Repository.PathOf("tests", "scenarios", "plan-fleet.yaml") });
        Assert.Empty(result.Findings.Where(finding => finding.Severity == Core.Findings.Severity.Error));
        return result.Project!;
    }

    private ImmutableArray<string> Lines(string file)
    {
        var path = Path.Combine(folder, file);
        return File.Exists(path)
            ? [.. File.ReadAllLines(path).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0)]
            : [];
    }
}
