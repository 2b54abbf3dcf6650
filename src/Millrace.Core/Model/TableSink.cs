using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>A table on storage, with the Distributed tables that write and read it.</summary>
public sealed record TableSink : Sink
{
    /// <summary>The name people query.</summary>
    public required string Table { get; init; }

    /// <summary>The entry of <c>remote_servers</c> that holds it; null: the fleet's only fitting one.</summary>
    public string? Cluster { get; init; }

    /// <summary>MergeTree family engine without "Replicated", with its arguments: <c>ReplacingMergeTree(_timestamp)</c>.</summary>
    public required string Engine { get; init; }

    public string? PartitionBy { get; init; }

    public ImmutableArray<string> OrderBy { get; init; } = [];

    public ImmutableArray<string> PrimaryKey { get; init; } = [];

    /// <summary>Deterministic sharding expression; null for a table that is not sharded, or is placed by a <see cref="Ring"/>.</summary>
    public string? ShardBy { get; init; }

    /// <summary>The ring that places the rows instead of a sharding expression; null for none.</summary>
    public RingPlacement? Ring { get; init; }

    public bool IsSharded => ShardBy is not null || Ring is not null;

    public string? Ttl { get; init; }

    /// <summary>MergeTree settings, pinned.</summary>
    public ImmutableSortedDictionary<string, string> Settings { get; init; } =
        ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Columns that only storage has.</summary>
    public ImmutableArray<StoredColumn> Columns { get; init; } = [];

    /// <summary>Query roles that read it; empty means all of them.</summary>
    public ImmutableArray<string> ReadOn { get; init; } = [];

    /// <summary>True when both the table and the role want it: a layer may be granted only some tables.</summary>
    public bool IsReadOn(Role role) => (ReadOn.IsEmpty || ReadOn.Contains(role.Name)) && role.MaySee(Table);

    /// <summary>Overrides of generated names; null means the naming rule.</summary>
    public string? DataTable { get; init; }

    public string? WritableTable { get; init; }
}
