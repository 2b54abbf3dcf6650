using System.Collections.Immutable;

namespace Millrace.Core.Breaking;

/// <summary>What an engine did with boundary and random values on a <see cref="TypePath"/>.</summary>
public sealed record CastVerdict
{
    /// <summary>Every value arrived as it was.</summary>
    public static CastVerdict Lossless { get; } = new();

    /// <summary>The engine could not be asked: nothing is said against the path, and nothing for it.</summary>
    public static CastVerdict Unknown { get; } = new() { IsKnown = false };

    /// <summary>True when values were really sent.</summary>
    public bool IsKnown { get; init; } = true;

    /// <summary>Values that arrived as others: what was sent, and what was read back.</summary>
    public ImmutableArray<(string Sent, string Stored)> Altered { get; init; } = [];

    /// <summary>Values whose insert the engine refused.</summary>
    public ImmutableArray<(string Sent, EngineFault Fault)> Refused { get; init; } = [];

    /// <summary>Values that were taken and can no longer be read.</summary>
    public ImmutableArray<(string Sent, EngineFault Fault)> Poisoned { get; init; } = [];

    /// <summary>Set when the types do not convert at all.</summary>
    public EngineFault? Impossible { get; init; }

    /// <summary>How bad it is: 0 for lossless, then altered, refused, unreadable, never.</summary>
    public int Rank => Impossible is not null ? 4 : !Poisoned.IsEmpty ? 3 : !Refused.IsEmpty ? 2 : !Altered.IsEmpty ? 1 : 0;

    public bool IsLossless => Altered.IsEmpty && Refused.IsEmpty && Poisoned.IsEmpty && Impossible is null;
}
