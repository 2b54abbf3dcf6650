using System.Collections.Immutable;
using Millrace.Core.Doctor;
using Millrace.Core.Findings;

namespace Millrace.Engine.Doctor;

/// <summary>What a round of live checks looked at, and what it found.</summary>
/// <param name="Rules">The checks that ran.</param>
public sealed record DoctorReport(DoctorFacts Facts, ImmutableArray<DoctorRule> Rules, ImmutableArray<Diagnosis> Diagnoses)
{
    public IEnumerable<Finding> Findings => Diagnoses.SelectMany(diagnosis => diagnosis.Findings);
}
