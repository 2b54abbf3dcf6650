using System.Collections.Immutable;
using Millrace.Core.Lineage;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>One object in one world, with what the engine makes of it now.</summary>
public sealed record ObjectState
{
    public required ObjectRef Ref { get; init; }

    public required ObjectShape Shape { get; init; }

    /// <summary>The engine's identity of the object: it survives a rename, not a drop and create.</summary>
    public string Uuid { get; init; } = "";

    /// <summary>The sorting key as the engine prints it; empty for engines without one.</summary>
    public string SortingKey { get; init; } = "";

    public string PartitionKey { get; init; } = "";

    /// <summary>Columns that the sorting or the partition key is made of.</summary>
    public ImmutableHashSet<string> KeyColumns { get; init; } = [];

    /// <summary>Of a dictionary, how it keeps its rows, as the engine calls it: <c>Flat</c>, <c>ComplexKeyHashed</c>.</summary>
    public string Layout { get; init; } = "";

    /// <summary>Of a dictionary, the columns of its key in their order.</summary>
    public ImmutableArray<string> LookupKeys { get; init; } = [];

    /// <summary>True for a view that is filled on a schedule instead of by inserts.</summary>
    public bool IsRefreshable { get; init; }

    /// <summary>What the SELECT of a view yields now; <see cref="ObjectShape.Columns"/> is what it yielded when it was made.</summary>
    public ImmutableArray<ColumnShape> Output { get; init; } = [];

    /// <summary>Why the SELECT of a view cannot run, or the dictionary cannot load; null when it can.</summary>
    public EngineFault? Fault { get; init; }

    /// <summary>True where reading it would connect somewhere (<see cref="ReachingFunction"/>): it is never read here.</summary>
    public bool ReadsOutside { get; init; }

    /// <summary>The tables that the definition reads, the first one first; all that the engine could resolve.</summary>
    public ImmutableArray<ObjectName> Sources { get; init; } = [];

    /// <summary>Which columns of which tables the definition reads, and what becomes of them; of a table, what its computed columns are made of.</summary>
    public ImmutableArray<ColumnOrigin> Origins { get; init; } = [];

    /// <summary>The first table of each branch, when the SELECT is a UNION ALL.</summary>
    public ImmutableArray<ObjectName> Branches { get; init; } = [];

    /// <summary>Names of the output columns that the view groups by.</summary>
    public ImmutableHashSet<string> GroupedBy { get; init; } = [];

    /// <summary>Text values that the SELECT compares with: rows without them may be filtered out.</summary>
    public ImmutableArray<string> Constants { get; init; } = [];

    /// <summary>Output columns that the SELECT itself writes as constants, with all of them as SQL literals.</summary>
    public ImmutableDictionary<string, ImmutableArray<string>> Written { get; init; } = ImmutableDictionary<string, ImmutableArray<string>>.Empty;

    /// <summary>Views that an insert into this table is pushed to, by the engine's own account.</summary>
    public ImmutableArray<ObjectName> Pushes { get; init; } = [];

    /// <summary>What the engine would make of default expressions without the column's own type, by column.</summary>
    public ImmutableDictionary<string, string> DefaultTypes { get; init; } = ImmutableDictionary<string, string>.Empty;

    public ObjectName Name => Ref.Name;

    public string Engine => Shape.Engine;

    /// <summary>Pushed to by inserts.</summary>
    public bool IsTriggered => Engine == "MaterializedView" && !IsRefreshable;

    public bool HasSelect => Shape.AsSelect.Length > 0 && Engine is "MaterializedView" or "View";

    public ColumnShape? Column(string name) => Shape.Columns.FirstOrDefault(column => column.Name == name);
}
