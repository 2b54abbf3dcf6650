using System.Collections.Immutable;
using Millrace.Core.Planning;

namespace Millrace.Core.Breaking;

/// <summary>Settings of a table that are others now, in the words of a table without replicas.</summary>
public sealed record SettingsChange(ObjectState Table, ImmutableSortedDictionary<string, string> Then, ImmutableSortedDictionary<string, string> Now)
{
    private const string Window = "deduplication_window";

    /// <summary>How many blocks a replicated table remembers where nothing is said.</summary>
    private const string Remembered = "10000";

    public static IEnumerable<SettingsChange> Of(ChangeFacts facts) =>
        from table in facts.After.Objects
        where table.Engine.EndsWith("MergeTree", StringComparison.Ordinal) && !table.Name.IsInner
        let was = facts.Was(table)
        where was is not null && was.Engine == table.Engine && MergeCandidates.IsInUse(facts, table)
        let then = Read(was)
        let now = Read(table)
        where !then.SequenceEqual(now)
        select new SettingsChange(table, then.RemoveRange(Equal(then, now)), now.RemoveRange(Equal(then, now)));

    private static IEnumerable<string> Equal(ImmutableSortedDictionary<string, string> one, ImmutableSortedDictionary<string, string> other) =>
        one.Keys.Where(key => other.TryGetValue(key, out var value) && value == one[key]);

    /// <summary>What delays inserts refuses none.</summary>
    private static ImmutableSortedDictionary<string, string> Read(ObjectState table)
    {
        var settings = EngineClauses.Read(table.Shape.EngineFull).Settings.ToImmutableSortedDictionary(StringComparer.Ordinal).Remove("parts_to_delay_insert");
        return table.Engine.StartsWith("Replicated", StringComparison.Ordinal)
            ? settings.SetItem($"non_replicated_{Window}", settings.GetValueOrDefault($"replicated_{Window}", Remembered)).Remove($"replicated_{Window}")
            : settings;
    }
}
