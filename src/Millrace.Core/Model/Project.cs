using System.Collections.Immutable;
using Millrace.Core.Findings;

namespace Millrace.Core.Model;

/// <summary>Everything a user declares: the fleet and what runs on it. Built by <c>Engine/Specs</c> from YAML.</summary>
public sealed record Project
{
    public required string Name { get; init; }

    /// <summary>The ClickHouse database that all generated objects live in.</summary>
    public required string Database { get; init; }

    /// <summary>Oldest server version of the fleet, such as <c>25.8</c>; null means: do not assume.</summary>
    public string? OldestServer { get; init; }

    public required Fleet Fleet { get; init; }

    public ImmutableArray<Pipeline> Pipelines { get; init; } = [];

    /// <summary>The pipelines whose rows land in tables, with those.</summary>
    public IEnumerable<(Pipeline Pipeline, TableSink Table)> Tables =>
        from pipeline in Pipelines
        where pipeline.Into is TableSink
        select (pipeline, pipeline.Table!);

    /// <summary>The legs that a pipeline's rows come through: its own, or those of the pipeline whose consumption it shares.</summary>
    public ImmutableArray<Leg> LegsOf(Pipeline pipeline) =>
        pipeline.SharesConsumption ? Pipelines.FirstOrDefault(other => other.Name == pipeline.Consumption)?.Legs ?? [] : pipeline.Legs;

    /// <summary>The further sinks that are fed by a pipeline's consumption.</summary>
    public ImmutableArray<Pipeline> BranchesOf(Pipeline pipeline) =>
        [.. Pipelines.Where(other => other.SharesConsumption && other.Consumption == pipeline.Name)];

    /// <summary>The other pipelines that move on only together with this one: what holds it up holds them up.</summary>
    public ImmutableArray<Pipeline> SharingWith(Pipeline pipeline) =>
        [.. Pipelines.Where(other => other.Consumption == pipeline.Consumption && other.Name != pipeline.Name)];

    public ImmutableArray<Rollup> Rollups { get; init; } = [];

    public ImmutableArray<SchemaStatement> Schema { get; init; } = [];

    /// <summary>Objects that are on the nodes but not Millrace's business: <c>database.name</c> with <c>*</c>.</summary>
    public ImmutableArray<string> Unmanaged { get; init; } = [];

    /// <summary>Findings that are accepted for a while.</summary>
    public ImmutableArray<Allowance> Allow { get; init; } = [];

    public Policies Policies { get; init; } = new();

    public SourceMap Sources { get; init; } = SourceMap.Empty;
}
