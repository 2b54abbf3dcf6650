using Millrace.Core.Findings;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Engine.Plans;

namespace Millrace.Cli.Output;

/// <summary>A plan as people read it: what, where, at what risk, why, and the next command.</summary>
public sealed class PlanText(Terminal terminal, FindingPrinter findings)
{
    private readonly TextWriter writer = terminal.Out;

    /// <param name="next">The command that applies it; null leaves that line out.</param>
    public void Write(PlannedFleet planned, bool sql, string? next)
    {
        var plan = planned.Plan;
        var number = 0;
        var numbered = plan.Steps.Select(step => (Number: ++number, Step: step)).ToList();
        foreach (var owner in numbered.GroupBy(item => item.Step.Owner, StringComparer.Ordinal))
        {
            var at = owner.First().Step.At;
            writer.WriteLine(terminal.Paint(owner.Key, Ink.Bold) + (at is null ? "" : terminal.Paint($"   why: {at}", Ink.Dim)));
            WriteSteps(planned.Observed, [.. owner], sql);
            writer.WriteLine();
        }

        WriteNotes(plan);
        WriteSummary(plan, next);
    }

    private void WriteSteps(ObservedFleet observed, List<(int Number, Step Step)> steps, bool sql)
    {
        var role = steps.Max(item => item.Step.Role.Length);
        foreach (var (number, step) in steps)
        {
            var nodes = $"{step.Nodes.Length} of {observed.NodesOf(step.Role).Count()} nodes";
            writer.WriteLine(
                $"{number,4}  {step.Role.PadRight(role)}  {nodes,-14}  {terminal.Paint($"{RiskWord(step.Risk),-8}", RiskInk(step.Risk))}  {StepText.Headline(step)}");
            if (sql)
                foreach (var statement in step.Statements)
                    writer.WriteLine($"        {statement.Replace("\n", "\n        ", StringComparison.Ordinal)};");
        }
    }

    private void WriteNotes(Plan plan)
    {
        foreach (var held in plan.Held)
            writer.WriteLine(
                $"kept: {held.Object} ({held.What}) on {NodeList.Of(held.Nodes)} is no longer declared but holds rows. "
                + $"Drop it with --allow-destroy {held.Object.Name}");
        foreach (var silent in plan.Silent)
            writer.WriteLine($"no answer: {silent.Node} ({silent.Role}): {silent.Reason}. What it holds is unknown; plan again when it is back.");
        foreach (var wait in plan.Waiting)
            writer.WriteLine($"waiting: {wait.Owner} until {wait.Node} answers, or go on with --without {wait.Node}");
        findings.Print(NodeFindings.Merge(plan.Refusals));
    }

    private void WriteSummary(Plan plan, string? next)
    {
        if (!plan.Refusals.IsEmpty)
        {
            writer.WriteLine($"{Counted.Of(NodeFindings.Merge(plan.Refusals).Count, "reason")} not to apply this; nothing was changed.");
            return;
        }

        if (plan.IsEmpty)
        {
            writer.WriteLine(plan.Silent.IsEmpty ? "Nothing to do: the fleet is as declared." : "Nothing to do on the nodes that answer.");
            return;
        }

        writer.WriteLine($"{Counted.Of(plan.Steps.Length, "step")} on {Counted.Of(plan.NodeCount, "node")}. {RiskSentence(plan)}   plan {PlanId.Of(plan)}");
        if (next is not null)
            writer.WriteLine($"Apply exactly this:  {terminal.Paint(next, Ink.Cyan)}");
    }

    private static string RiskSentence(Plan plan) => plan.WorstRisk switch
    {
        Risk.Destroys => "ROWS OR VALUES ARE DESTROYED: read the steps marked `destroys`.",
        Risk.Rewrites => "Stored rows are rewritten; nothing is destroyed.",
        _ => "Nothing is rewritten, nothing is destroyed.",
    };

    private static Ink RiskInk(Risk risk) => risk switch
    {
        Risk.Destroys => Ink.Red,
        Risk.Rewrites or Risk.Pauses => Ink.Yellow,
        _ => Ink.Green,
    };

    private static string RiskWord(Risk risk) => risk.ToString().ToLowerInvariant();
}
