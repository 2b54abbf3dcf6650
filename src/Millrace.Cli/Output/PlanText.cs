using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.Engine.Plans;

namespace Millrace.Cli.Output;

/// <summary>A plan as people read it: what, where, at what risk, why, and the next command.</summary>
public sealed class PlanText(Terminal terminal, FindingPrinter findings)
{
    /// <summary>A screen: longer plans show one line per owner, and each step that is more than safe.</summary>
    private const int ListedSteps = 30;

    private readonly TextWriter writer = terminal.Out;

    /// <param name="detail">How much of each step is shown.</param>
    /// <param name="next">The command that applies it; null leaves that line out.</param>
    public void Write(PlannedFleet planned, PlanDetail detail, string? next)
    {
        var plan = planned.Plan;
        var rows = plan.Steps.Select((step, i) => new PlanRow(i + 1, step, planned)).ToList();
        var columns = PlanColumns.Of(rows);
        var isLong = detail == PlanDetail.Screen && rows.Count > ListedSteps;
        foreach (var owner in rows.GroupBy(row => row.Step.Owner, StringComparer.Ordinal))
        {
            WriteOwner(owner.Key, [.. owner]);
            foreach (var row in owner.Where(row => !isLong || row.Step.Risk > Risk.Safe))
                WriteStep(row, columns, withSql: detail == PlanDetail.Sql);
            if (isLong)
                WriteRest([.. owner.Where(row => row.Step.Risk == Risk.Safe)], columns);
            writer.WriteLine();
        }

        if (isLong)
            writer.WriteLine($"{rows.Count} steps are more than a screen: those that are more than safe are listed. All of them:  --all");
        WriteNotes(plan);
        WriteSummary(plan, next);
    }

    private static string NothingToDo(Plan plan) => plan switch
    {
        { Waiting: not [] } => $"Nothing can be done now: what is left waits for {NodeList.Of([.. plan.Waiting.Select(wait => wait.Node).Distinct()])}.",
        { Silent: not [] } => $"No changes on nodes that could be read; {Counted.Of(plan.Silent.Length, "node")} could not.",
        { Held: not [] } => "Nothing to do: the fleet has all that is declared, and what is kept besides.",
        _ => "Nothing to do: the fleet is as declared.",
    };

    private void WriteOwner(string owner, List<PlanRow> rows)
    {
        var at = rows[0].Step.At;
        writer.WriteLine(terminal.Paint(owner, Ink.Bold) + (at is null ? "" : terminal.Paint($"   why: {at}", Ink.Dim)));
    }

    private void WriteStep(PlanRow row, PlanColumns columns, bool withSql)
    {
        var risk = terminal.Paint(RiskWords.Of(row.Step.Risk).PadRight(columns.Risk), RiskWords.InkOf(row.Step.Risk));
        var where = $"{row.Step.Role.PadRight(columns.Role)}  {row.Nodes.PadRight(columns.Nodes)}";
        writer.WriteLine($"{row.Number,4}  {where}  {risk}  {StepText.Headline(row.Step, terminal.Width - columns.Total)}");
        if (withSql)
            foreach (var statement in row.Step.Statements)
                writer.WriteLine($"        {statement.Replace("\n", "\n        ", StringComparison.Ordinal)};");
    }

    /// <summary>Safe steps of one owner, counted: <c>create 8, alter 2</c>.</summary>
    private void WriteRest(List<PlanRow> rows, PlanColumns columns)
    {
        if (rows.Count == 0)
            return;
        var actions = rows.CountBy(row => row.Step.Action).OrderBy(pair => pair.Key)
            .Select(pair => $"{StepText.Verb(pair.Key)} {pair.Value}");
        var nodes = rows.SelectMany(row => row.Step.Nodes).Distinct(StringComparer.Ordinal).Count();
        var risk = terminal.Paint(RiskWords.Of(Risk.Safe).PadRight(columns.Risk), Ink.Green);
        writer.WriteLine($"      {risk}  {string.Join(", ", actions)} on {Counted.Of(nodes, "node")}");
    }

    private void WriteNotes(Plan plan)
    {
        var notes = new PlanNotes(terminal);
        foreach (var held in plan.Held.GroupBy(held => (held.Object, Nodes: NodeList.Of(held.Nodes))))
            notes.Write(
                "kept",
                $"{held.Key.Object} ({string.Join(", ", held.Select(item => item.What))}) on {held.Key.Nodes}: no longer declared, but holds values",
                $"to drop it: --allow-destroy {held.Key.Object.Name}");
        foreach (var (silent, text) in SilentWords.Grouped(plan.Silent))
            notes.Write(SilentWords.State(silent), text, $"what it holds is unknown; {SilentWords.Remedy(silent)}");
        foreach (var wait in plan.Waiting.GroupBy(wait => wait.Node, StringComparer.Ordinal))
            notes.Write(
                "waiting",
                $"{string.Join(", ", wait.Select(item => item.Owner))}: some changes wait until {wait.Key} answers, so that no stream breaks",
                $"to go on without it: --without {wait.Key}");
        foreach (var offer in plan.Backfills)
            notes.Write(
                "old rows",
                $"{offer.Source} holds {Figures.Count(offer.Rows)} rows that {offer.Rollup} does not get by itself: its view only sees what arrives from now on",
                $"to fill it with them, after the apply: millrace backfill run {offer.Rollup}");
        if (notes.Any)
            writer.WriteLine();
        findings.Print(NodeFindings.Merge(plan.Refusals));
    }

    private void WriteSummary(Plan plan, string? next)
    {
        if (!plan.Refusals.IsEmpty)
        {
            writer.WriteLine($"This plan cannot be applied: {Counted.Of(NodeFindings.Merge(plan.Refusals).Count, "reason")} above. Nothing was changed.");
            return;
        }

        if (plan.IsEmpty)
        {
            writer.WriteLine(NothingToDo(plan));
            return;
        }

        writer.WriteLine(
            $"{Counted.Of(plan.Steps.Length, "step")} on {Counted.Of(plan.NodeCount, "node")}. {RiskWords.Sentence(plan)}   plan {PlanId.Of(plan)}");
        if (next is not null)
            writer.WriteLine($"Apply exactly this:  {terminal.Paint(next, Ink.Cyan)}");
    }
}
