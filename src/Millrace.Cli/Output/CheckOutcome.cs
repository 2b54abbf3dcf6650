using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Breaking;
using Millrace.Engine.Lab;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Output;

/// <summary>All that a check has to say, whatever it was about.</summary>
public sealed record CheckOutcome(ImmutableArray<Finding> Findings, Redaction Redaction)
{
    public Project? Project { get; init; }

    /// <summary>Null when no lab was asked.</summary>
    public ChangeReport? Report { get; init; }

    public bool HasErrors => Findings.Any(finding => finding.Severity == Severity.Error);

    public static CheckOutcome Of(LoadResult loaded) => new(loaded.Findings, loaded.Redaction) { Project = loaded.Project };

    /// <summary>A check of plain DDL: what the engine would not even load is a finding as well.</summary>
    public static CheckOutcome Of(ChangeReport report) =>
        new([.. NotLoaded(report), .. report.Findings], Redaction.None) { Report = report };

    /// <summary>What was judged without, because the engine does not accept it.</summary>
    public static IEnumerable<Finding> NotLoaded(ChangeReport report) => report.Refused.Select(item => item.Fault.IsWouldConnect
        ? LabFinding.Of(item.Fault, item.Statement.At)
        : Finding.Error("MR130", $"ClickHouse does not accept this statement: {item.Fault.Message.Split('\n')[0]} ({item.Fault.Name})", item.Statement.At));
}
