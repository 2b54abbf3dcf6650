using Millrace.Core.Backfill;

namespace Millrace.Engine.Backfill;

/// <summary>Everything that one node knows of one backfill.</summary>
public sealed class BackfillRecord(IReadOnlyList<BackfillEntry> entries)
{
    public IEnumerable<BackfillEntry> Of(BackfillKind kind) => entries.Where(entry => entry.Kind == Word(kind));

    public ShardPhase Phase => Of(BackfillKind.Shard).FirstOrDefault() is { } shard ? Enum.Parse<ShardPhase>(shard.State) : ShardPhase.Planned;

    public int Generation => Of(BackfillKind.Shard).FirstOrDefault() is { } shard ? int.Parse(shard.Data, System.Globalization.CultureInfo.InvariantCulture) : 1;

    public long? Instant =>
        Of(BackfillKind.Instant).FirstOrDefault() is { } instant ? long.Parse(instant.Data, System.Globalization.CultureInfo.InvariantCulture) : null;

    /// <summary>Consumers were stopped by a runner that has not started them again: since when.</summary>
    public DateTimeOffset? ConsumersStopped => Of(BackfillKind.Pause).FirstOrDefault(entry => entry.State == "stopped")?.At;

    public BackfillControl Control => Of(BackfillKind.Control).FirstOrDefault() is { } control ? Enum.Parse<BackfillControl>(control.State) : BackfillControl.Run;

    public UnitPhase UnitOf(string id) =>
        Of(BackfillKind.Unit).FirstOrDefault(entry => entry.Key == id) is { } unit ? Enum.Parse<UnitPhase>(unit.State) : UnitPhase.Pending;

    /// <summary>Ids of the tables that the targets were before anything was swapped, by their names.</summary>
    public IReadOnlyDictionary<string, string> TargetIds =>
        Of(BackfillKind.Target).ToDictionary(entry => entry.Key, entry => entry.Data, StringComparer.Ordinal);

    public static string Word(BackfillKind kind) => kind.ToString().ToLowerInvariant();
}
