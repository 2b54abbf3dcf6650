using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Rings.Moves;

/// <summary>A table whose rows move, as it was when the move began.</summary>
/// <param name="Data">The table on storage.</param>
/// <param name="Layer">Expression for a row's layer, from 0.</param>
/// <param name="Key">Its sorting key, when rows of the same key replace each other.</param>
/// <param name="HasVersion">Which of them stays is said by a column, not by the order of writing.</param>
/// <param name="MergeSettings">Declared settings that stopping merges overrides, as MODIFY SETTING takes them; empty for none.</param>
/// <param name="Readers">The tables that people query, by what they read there.</param>
/// <param name="Nodes">Where those tables are.</param>
public sealed record MovedTable(
    ObjectName Data, string Layer, ImmutableArray<string> Key, bool HasVersion, string MergeSettings, MoveReaders Readers, ImmutableArray<string> Nodes)
{
    /// <summary>Rows of one key become one row: masks read such a table as if that had happened.</summary>
    public bool Replaces => !Key.IsEmpty;

    /// <summary>Hides the copies.</summary>
    public ObjectName Before => BeforeOf(Data);

    /// <summary>Shows the copies, and hides what was copied.</summary>
    public ObjectName After => AfterOf(Data);

    public static ObjectName BeforeOf(ObjectName data) => data with { Name = $"{data.Name}_ring_before" };

    public static ObjectName AfterOf(ObjectName data) => data with { Name = $"{data.Name}_ring_after" };
}
