using System.Text.Json.Nodes;
using Millrace.Bench.Measuring;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Engine.Specs;

namespace Millrace.Bench.Planning;

/// <summary>What <c>plan</c> and <c>apply</c> cost on a fleet of a hundred nodes that answer after 20 ms.</summary>
public sealed class PlanBench : IBench
{
    private const int PlanRuns = 3;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    public string Name => "plan";

    public string Summary => "CPU seconds of `plan` and time of `apply`: 100 pipelines on 100 simulated nodes, 20 ms away";

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        using var scratch = new ScratchFolder();
        var folder = Path.Combine(scratch.Path, "project");
        var worldFile = Path.Combine(scratch.Path, "world.json");
        var planFile = Path.Combine(scratch.Path, "plan.json");
        await using var fleet = await SimulatedFleet.StartAsync(Latency, BigProject.RoleList, cancel);
        BigProject.Write(folder, fleet.Nodes);
        var project = Load(folder);
        var world = SimulatedWorld.For(project);
        await fleet.LearnAsync(world, worldFile, cancel);

        var cold = await MillraceRun.OfAsync(folder, cancel, "plan", "--out", planFile);
        var plan = PlanFile.Read(await File.ReadAllTextAsync(planFile, cancel));
        await fleet.LearnAsync(world with { Statements = ScriptedStatement.ForPlan(plan, project) }, worldFile, cancel);
        var blank = await RepeatAsync(folder, cancel);
        var apply = await MillraceRun.OfAsync(folder, cancel, "apply", planFile, "--yes", "--json");
        var steady = await RepeatAsync(folder, cancel);
        BigProject.ChangeOne(folder);
        var changed = await MillraceRun.OfAsync(folder, cancel, "plan");
        var again = await RepeatAsync(folder, cancel);

        var figures = Figures(plan, new(cold, blank, steady, changed, again), apply);
        Write(report, figures);
        return figures;
    }

    private static Project Load(string folder)
    {
        var loaded = ProjectLoader.Load(folder);
        return loaded.Project ?? throw new InvalidOperationException(string.Join('\n', loaded.Findings));
    }

    /// <summary>The run with the median CPU time.</summary>
    private static async Task<MillraceRun> RepeatAsync(string folder, CancellationToken cancel)
    {
        var runs = new List<MillraceRun>();
        for (var i = 0; i < PlanRuns; i++)
            runs.Add(await MillraceRun.OfAsync(folder, cancel, "plan"));
        return runs.OrderBy(run => run.CpuSeconds).ElementAt(PlanRuns / 2);
    }

    private static JsonObject Figures(Plan plan, PlanRunsTaken runs, MillraceRun apply)
    {
        var outcome = JsonNode.Parse(apply.Output)!;
        var applied = (double)outcome["seconds"]!;
        var bound = ApplyBound.Of(plan);
        var ideal = bound.SlowestNode * Latency.TotalSeconds;
        return new JsonObject
        {
            ["pipelines"] = BigProject.Pipelines,
            ["nodes"] = plan.NodeCount,
            ["latency_ms"] = Latency.TotalMilliseconds,
            ["statements"] = bound.Statements,
            ["plan_cpu_s"] = runs.ToJson(run => Round(run.CpuSeconds)),
            ["plan_wall_s"] = runs.ToJson(run => Round(run.WallSeconds)),
            ["phases"] = bound.Phases,
            ["statements_on_slowest_node"] = bound.SlowestNode,
            ["apply_one_by_one_s"] = Round(ideal),
            ["apply_s"] = Round(applied),
            ["apply_over_one_by_one"] = Round(applied / ideal),
            ["apply_command_cpu_s"] = Round(apply.CpuSeconds),
            ["failed"] = (int)outcome["failed"]! + (int)outcome["skipped"]!,
            ["replan_steps"] = (int)outcome["replanSteps"]!,
        };
    }

    private static double Round(double value) => Math.Round(value, 2);

    private static void Write(TextWriter report, JsonObject figures) => report.WriteLine($"""
        {figures["pipelines"]} pipelines on {figures["nodes"]} simulated nodes, {figures["latency_ms"]} ms away

        plan                         CPU s    wall s
          the lab asked anew      {Cell(figures["plan_cpu_s"]!["cold_lab"])}  {Cell(figures["plan_wall_s"]!["cold_lab"])}
          the lab's answer kept   {Cell(figures["plan_cpu_s"]!["cached_lab"])}  {Cell(figures["plan_wall_s"]!["cached_lab"])}
          nothing to do           {Cell(figures["plan_cpu_s"]!["nothing_to_do"])}  {Cell(figures["plan_wall_s"]!["nothing_to_do"])}
          one stream changed      {Cell(figures["plan_cpu_s"]!["one_changed"])}  {Cell(figures["plan_wall_s"]!["one_changed"])}  (asks the lab, and tries the change in it)
          the same once more      {Cell(figures["plan_cpu_s"]!["one_changed_again"])}  {Cell(figures["plan_wall_s"]!["one_changed_again"])}

        apply: {figures["statements"]} statements in {figures["phases"]} phases, each object read back
          took                          {Cell(figures["apply_s"])} s
          one by one on each node       {Cell(figures["apply_one_by_one_s"])} s  ({figures["statements_on_slowest_node"]} statements x {figures["latency_ms"]} ms: per phase, those of the node with most)
          ratio                         {Cell(figures["apply_over_one_by_one"])}    (bar: 1.5)
          steps left in a second plan   {figures["replan_steps"],8}
        """);

    private static string Cell(JsonNode? value) => $"{(double)value!,8:0.00}";
}
