namespace Millrace.Cli.Output;

/// <summary>Widths that line up the steps of a whole plan, whoever owns them.</summary>
internal sealed record PlanColumns(int Role, int Nodes, int Risk)
{
    /// <summary>Everything before the headline: the number, three columns, and the gaps between.</summary>
    public int Total => 4 + 2 + Role + 2 + Nodes + 2 + Risk + 2;

    public static PlanColumns Of(IReadOnlyCollection<PlanRow> rows) => new(
        rows.Select(row => row.Step.Role.Length).DefaultIfEmpty().Max(),
        rows.Select(row => row.Nodes.Length).DefaultIfEmpty().Max(),
        rows.Select(row => RiskWords.Of(row.Step.Risk).Length).DefaultIfEmpty().Max());
}
