using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Engine.Plans;

namespace Millrace.Cli.Output;

/// <summary>A plan as people read it: what, where, at what risk, why, and the next command.</summary>
public static class PlanText
{
    public static void Write(TextWriter writer, PlannedFleet planned, bool sql, string? file)
    {
        var plan = planned.Plan;
        var number = 0;
        var numbered = plan.Steps.Select(step => (Number: ++number, Step: step)).ToList();
        foreach (var owner in numbered.GroupBy(item => item.Step.Owner, StringComparer.Ordinal))
        {
            var at = owner.First().Step.At;
            writer.WriteLine(at is null ? owner.Key : $"{owner.Key}   why: {at.File}");
            WriteSteps(writer, planned.Observed, [.. owner], sql);
            writer.WriteLine();
        }

        WriteNotes(writer, plan);
        WriteSummary(writer, plan, file);
    }

    private static void WriteSteps(TextWriter writer, ObservedFleet observed, List<(int Number, Step Step)> steps, bool sql)
    {
        var role = steps.Max(item => item.Step.Role.Length);
        foreach (var (number, step) in steps)
        {
            var nodes = $"{step.Nodes.Length} of {observed.NodesOf(step.Role).Count()} nodes";
            writer.WriteLine(
                $"{number,4}  {step.Role.PadRight(role)}  {nodes,-14}  {RiskWord(step.Risk),-8}  {StepText.Headline(step)}");
            if (sql)
                foreach (var statement in step.Statements)
                    writer.WriteLine($"        {statement.Replace("\n", "\n        ", StringComparison.Ordinal)};");
        }
    }

    private static void WriteNotes(TextWriter writer, Plan plan)
    {
        foreach (var held in plan.Held)
            writer.WriteLine(
                $"kept: {held.Object} ({held.What}) on {NodeList.Of(held.Nodes)} is no longer declared but holds rows. "
                + $"Drop it with --allow-destroy {held.Object.Name}");
        foreach (var silent in plan.Silent)
            writer.WriteLine($"no answer: {silent.Node} ({silent.Role}): {silent.Reason}. What it holds is unknown; plan again when it is back.");
        foreach (var wait in plan.Waiting)
            writer.WriteLine($"waiting: {wait.Owner} until {wait.Node} answers, or go on with --without {wait.Node}");
        foreach (var refusal in plan.Refusals)
            writer.WriteLine(FindingText.Of(refusal));
    }

    private static void WriteSummary(TextWriter writer, Plan plan, string? file)
    {
        if (!plan.Refusals.IsEmpty)
        {
            writer.WriteLine($"{plan.Refusals.Length} {(plan.Refusals.Length == 1 ? "reason" : "reasons")} not to apply this; nothing was changed.");
            return;
        }

        if (plan.IsEmpty)
        {
            writer.WriteLine(plan.Silent.IsEmpty ? "Nothing to do: the fleet is as declared." : "Nothing to do on the nodes that answer.");
            return;
        }

        var id = PlanId.Of(plan);
        writer.WriteLine($"{Count(plan.Steps.Length, "step")} on {Count(plan.NodeCount, "node")}. {RiskSentence(plan)}   plan {id}");
        writer.WriteLine($"Apply exactly this:  millrace apply {(file is null ? $"--plan {id}" : file)}");
    }

    private static string RiskSentence(Plan plan) => plan.WorstRisk switch
    {
        Risk.Destroys => "ROWS OR VALUES ARE DESTROYED: read the steps marked `destroys`.",
        Risk.Rewrites => "Stored rows are rewritten; nothing is destroyed.",
        _ => "Nothing is rewritten, nothing is destroyed.",
    };

    private static string RiskWord(Risk risk) => risk.ToString().ToLowerInvariant();

    private static string Count(int count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
