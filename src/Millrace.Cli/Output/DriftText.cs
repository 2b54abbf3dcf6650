using Millrace.Core.Drift;
using Millrace.Core.Findings;
using Millrace.Core.Planning;

namespace Millrace.Cli.Output;

/// <summary>Drift as people read it: what departs, where, what bringing it back costs, and the next command.</summary>
public sealed class DriftText(Terminal terminal, FindingPrinter findings)
{
    private const int LongestValue = 90;

    private readonly TextWriter writer = terminal.Out;

    public void Write(DriftReport report)
    {
        foreach (var owner in report.Objects.GroupBy(drift => drift.Owner, StringComparer.Ordinal))
            WriteOwner(owner.Key, [.. owner]);
        foreach (var split in report.Splits)
            WriteSplit(split);
        findings.Print(report.Findings);
        foreach (var silent in report.Silent)
            writer.WriteLine($"no answer: {silent.Node} ({silent.Role}): {silent.Reason}. What it holds is unknown.");
        WriteSummary(report);
    }

    private void WriteOwner(string owner, List<ObjectDrift> drifts)
    {
        var at = drifts.Select(drift => drift.At).FirstOrDefault(place => place is not null);
        writer.WriteLine(terminal.Paint(owner, Ink.Bold) + (at is null ? "" : terminal.Paint($"   {at}", Ink.Dim)));
        var rows = drifts.Select(drift => new[]
        {
            $"  {drift.Role}", $"{drift.Nodes.Length} of {drift.OfNodes}", NodeList.Of(drift.Nodes), drift.Object.Name, RiskWord(drift), drift.What,
        }).ToList();
        writer.WriteLine(TextTable.Render(rows));
    }

    private void WriteSplit(NodeSplit split)
    {
        writer.WriteLine(terminal.Paint($"{split.Role}: nodes differ in {split.What}", Ink.Bold));
        var rows = split.Sides.Select(side => new[] { $"  {Counted.Of(side.Nodes.Length, "node")}", NodeList.Of(side.Nodes), Cut(side.Value) }).ToList();
        writer.WriteLine(TextTable.Render(rows));
    }

    private void WriteSummary(DriftReport report)
    {
        if (report.UnmanagedAlike > 0)
            writer.WriteLine(
                $"{Counted.Of(report.UnmanagedAlike, "object")} on the nodes that nobody declares, alike on all nodes of their role. "
                + "Set them aside under `unmanaged` in millrace.yaml.");
        if (report.IsEmpty)
            writer.WriteLine(report.Silent.IsEmpty ? "No drift: every node is as declared." : "No drift on the nodes that answer.");
        else
            writer.WriteLine(
                $"{Counted.Of(report.Objects.Length, "departure")} from the declaration, {Counted.Of(report.Splits.Length, "difference")} between nodes, "
                + $"on {Counted.Of(report.NodeCount, "node")}; {FindingPrinter.Count(report.Findings)}.");
        if (!report.Objects.IsEmpty)
            writer.WriteLine($"How to bring them back:  {terminal.Paint("millrace plan", Ink.Cyan)}");
    }

    private static string RiskWord(ObjectDrift drift) => drift switch
    {
        { Risk: { } risk } => risk.ToString().ToLowerInvariant(),
        { Kind: DriftKind.Undeclared } => "kept",
        _ => "refused",
    };

    private static string Cut(string value) => value.Length <= LongestValue ? value : $"{value[..(LongestValue - 3)]}...";
}
