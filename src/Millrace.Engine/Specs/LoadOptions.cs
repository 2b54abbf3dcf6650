using System.Collections.Immutable;

namespace Millrace.Engine.Specs;

/// <summary>How a project is read.</summary>
public sealed record LoadOptions
{
    /// <summary>Another fleet than the one <c>millrace.yaml</c> names; absolute, or relative to the project folder.</summary>
    public string? FleetFile { get; init; }

    /// <summary>Codes of checks that do not count, because the command at hand is the one that mends what they find.</summary>
    public ImmutableArray<string> Overlook { get; init; } = [];

    /// <summary>Where <c>${env:NAME}</c> comes from.</summary>
    public Func<string, string?> Environment { get; init; } = System.Environment.GetEnvironmentVariable;
}
