using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Core.Planning;

/// <summary>The ordered steps from what is observed to what is declared. Plain data: it can be stored, reviewed and run later.</summary>
public sealed record Plan
{
    public required string Project { get; init; }

    /// <summary>In the order of an apply.</summary>
    public ImmutableArray<Step> Steps { get; init; } = [];

    /// <summary>Why this plan must not run as it is; empty when it may.</summary>
    public ImmutableArray<Finding> Refusals { get; init; } = [];

    /// <summary>What is no longer declared but stays, because it holds rows and dropping it was not allowed by name.</summary>
    public ImmutableArray<HeldBack> Held { get; init; } = [];

    /// <summary>Declared nodes that did not answer. Nothing is known of what they hold.</summary>
    public ImmutableArray<SilentNode> Silent { get; init; } = [];

    /// <summary>Owners whose streams wait until a storage node answers again.</summary>
    public ImmutableArray<Waiting> Waiting { get; init; } = [];

    /// <summary>Rollups that this plan makes while their source already holds rows.</summary>
    public ImmutableArray<BackfillOffer> Backfills { get; init; } = [];

    public bool IsEmpty => Steps.IsEmpty;

    /// <summary>Nodes that any step touches.</summary>
    public int NodeCount => Steps.SelectMany(step => step.Nodes).Distinct(StringComparer.Ordinal).Count();

    public Risk WorstRisk => Steps.IsEmpty ? Risk.Safe : Steps.Max(step => step.Risk);
}
