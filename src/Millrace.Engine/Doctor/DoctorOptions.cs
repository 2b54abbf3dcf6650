using System.Collections.Immutable;
using Millrace.Core.Doctor;

namespace Millrace.Engine.Doctor;

/// <summary>What a round of live checks looks at.</summary>
public sealed record DoctorOptions
{
    /// <summary>Codes of the checks to run; empty for all.</summary>
    public ImmutableArray<string> Only { get; init; } = [];

    public DoctorLimits Limits { get; init; } = new();

    /// <summary>The longest that one node may take.</summary>
    public TimeSpan NodeTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
