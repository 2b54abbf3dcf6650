using System.Collections.Immutable;
using System.Text.Json;
using Millrace.Core.Shapes;

namespace Millrace.Core.Backfill;

/// <summary>
/// All that is needed to run a backfill to its end, stored on the fleet: whoever resumes it needs neither the machine nor
/// the files that it was started with.
/// </summary>
public sealed record BackfillJob
{
    public required string Id { get; init; }

    public required string Project { get; init; }

    /// <summary>The rollup that was asked for; rollups of it are rebuilt with it.</summary>
    public required string Rollup { get; init; }

    /// <summary>It only compares. It is written down so that what a killed one leaves is found, and `cancel` removes it.</summary>
    public bool IsCheck { get; init; }

    /// <summary>Tables outside the job that its views read.</summary>
    public required ImmutableArray<ObjectName> Sources { get; init; }

    /// <summary>Tables that INSERTs name when rows reach a source.</summary>
    public required ImmutableArray<ObjectName> Watched { get; init; }

    /// <summary>Parents first.</summary>
    public required ImmutableArray<BackfillTarget> Targets { get; init; }

    /// <summary>Ids of the target's partitions to rebuild; empty rebuilds all.</summary>
    public ImmutableArray<string> Partitions { get; init; } = [];

    /// <summary>Of these partitions only the rows of this time are rebuilt; null rebuilds them whole.</summary>
    public BackfillRange? Range { get; init; }

    /// <summary>The storage nodes, one per shard.</summary>
    public required ImmutableArray<string> Nodes { get; init; }

    /// <summary>The Kafka tables that feed the sources.</summary>
    public required ImmutableArray<BackfillConsumer> Consumers { get; init; }

    /// <summary>What reads the topics again; empty where storage has all rows.</summary>
    public ImmutableArray<BackfillReplay> Replays { get; init; } = [];

    public BackfillLimits Limits { get; init; } = new();

    public required DateTimeOffset Created { get; init; }

    /// <summary>Whether both have to do with a table, so that one would rebuild what the other stands on.</summary>
    public bool Overlaps(BackfillJob other) =>
        Targets.Any(target => other.Targets.Any(o => o.Table == target.Table) || other.Sources.Contains(target.Table))
        || other.Targets.Any(target => Sources.Contains(target.Table));

    /// <summary>
    /// Whether a job may hold something on a node. All shards are swapped, or given up, before any is cleaned: a node that knows nothing of a job
    /// that has ended elsewhere is a new one, or was never begun.
    /// </summary>
    /// <param name="shards">How far each of its nodes says that it is; null for one that does not answer.</param>
    public static bool IsOpen(IReadOnlyCollection<ShardPhase?> shards) =>
        shards.Any(phase => phase is null or (> ShardPhase.Planned and < ShardPhase.Cleaned)) || !shards.Any(phase => phase >= ShardPhase.Cleaned);

    public string ToJson() => JsonSerializer.Serialize(this, JsonSerializerOptions.Web);

    /// <exception cref="FormatException">The text is no job.</exception>
    public static BackfillJob Parse(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<BackfillJob>(json, JsonSerializerOptions.Web) ?? throw new FormatException("it is null");
        }
        catch (JsonException error)
        {
            throw new FormatException($"this is not a backfill: {error.Message}", error);
        }
    }
}
