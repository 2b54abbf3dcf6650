using System.Collections.Immutable;

namespace Millrace.Core.Breaking;

/// <summary>Two worlds and what an engine measured on them: all that the rules look at.</summary>
/// <param name="Before">Null when there is nothing to compare with: then what is wrong with the one world is said.</param>
public sealed record ChangeFacts(World? Before, World After)
{
    public ImmutableDictionary<TypePath, CastVerdict> Verdicts { get; init; } = ImmutableDictionary<TypePath, CastVerdict>.Empty;

    /// <summary>Verdicts over what a view's SELECT was seen to let through, where that is less than its types allow.</summary>
    public ImmutableDictionary<(ObjectRef By, string Column, TypePath Path), CastVerdict> Arriving { get; init; } =
        ImmutableDictionary<(ObjectRef By, string Column, TypePath Path), CastVerdict>.Empty;

    /// <summary>Whether rows that differ in one column only become one row, by table and column, as the engine showed.</summary>
    public ImmutableHashSet<(ObjectRef Table, string Column)> Collapsing { get; init; } = [];

    public ImmutableArray<ProbeDifference> Probe { get; init; } = [];

    /// <summary>Columns that begin to alter or refuse values, though nothing about them has changed.</summary>
    public ImmutableArray<Narrowing> Narrowings { get; init; } = [];

    /// <summary>What merges do with the same rows otherwise than before.</summary>
    public ImmutableArray<MergeDifference> Merges { get; init; } = [];

    /// <summary>What may be advised: the engine takes it, and it alters nothing that is stored.</summary>
    public ImmutableHashSet<Widening> Widenings { get; init; } = [];

    /// <summary>Changes of a column's type that the engine makes without touching a part.</summary>
    public ImmutableHashSet<TypePath> Untouched { get; init; } = [];

    /// <summary>Columns for which a view sent, as a constant, the very value that they have by default.</summary>
    public ImmutableHashSet<(ObjectRef Table, string Column)> SentDefaults { get; init; } = [];

    /// <summary>Tables and columns (null for whole rows) whose changed TTL ends nothing earlier, as the engine computes it.</summary>
    public ImmutableHashSet<(ObjectRef Table, string? Column)> NotShorter { get; init; } = [];

    /// <summary>What the statements of the change did to stored rows; nothing where no statements are known.</summary>
    public RowsLog Rows { get; init; } = RowsLog.Nothing;

    public CastVerdict Verdict(TypePath path) =>
        path.IsTrivial ? CastVerdict.Lossless : Verdicts.GetValueOrDefault(path, CastVerdict.Lossless);

    public ObjectState? Was(ObjectState now) => Before?.Find(now.Ref);

    /// <summary>True when a column that it had has another type now.</summary>
    public bool IsRetyped(ObjectState item) =>
        Was(item) is { } was && item.Shape.Columns.Any(column => was.Column(column.Name) is { } old && old.Type != column.Type);

    /// <summary>True when the object is new or not what it was.</summary>
    public bool IsChanged(ObjectRef item)
    {
        if (Before is null)
            return false;
        var (was, now) = (Before.Find(item), After.Find(item));
        return was is null || now is null || was.Uuid != now.Uuid && was.Uuid.Length > 0 || !was.Shape.Equals(now.Shape);
    }
}
