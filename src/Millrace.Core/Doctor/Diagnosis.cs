using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Core.Doctor;

/// <summary>All that one rule found.</summary>
/// <param name="Findings">In the order of the nodes.</param>
public sealed record Diagnosis(DoctorRule Rule, ImmutableArray<Finding> Findings)
{
    public Severity Severity => Findings.Max(finding => finding.Severity);

    /// <summary>Rules that found something, errors first.</summary>
    public static ImmutableArray<Diagnosis> Of(IEnumerable<DoctorRule> rules, DoctorFacts facts) =>
    [
        .. rules.Select(rule => new Diagnosis(rule, [.. rule.Check(facts)]))
            .Where(diagnosis => !diagnosis.Findings.IsEmpty)
            .OrderByDescending(diagnosis => diagnosis.Severity),
    ];
}
