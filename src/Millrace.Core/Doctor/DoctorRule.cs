using Millrace.Core.Findings;

namespace Millrace.Core.Doctor;

/// <summary>One live check: a code, a headline for all that it finds, and a function over the facts.</summary>
public sealed record DoctorRule(string Code, string Title, Func<DoctorFacts, IEnumerable<Finding>> Check);
