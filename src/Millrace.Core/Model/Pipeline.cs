using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>One stream: legs (sources) -> columns, extraction, computed columns, filter -> one sink.</summary>
public sealed record Pipeline
{
    public required string Name { get; init; }

    /// <summary>The ingestion role that runs it.</summary>
    public required string Role { get; init; }

    /// <summary>The message, in ClickHouse types.</summary>
    public ImmutableArray<Column> Columns { get; init; } = [];

    public Extraction? Extract { get; init; }

    /// <summary>Computed columns: name, type and the expression over message and extracted columns.</summary>
    public ImmutableArray<ComputedColumn> Select { get; init; } = [];

    /// <summary>Only rows for which this expression holds are stored; null stores all.</summary>
    public string? Where { get; init; }

    public ImmutableArray<Leg> Legs { get; init; } = [];

    public required Sink Into { get; init; }

    /// <summary>The sink where it is a table; null for the other kinds.</summary>
    public TableSink? Table => Into as TableSink;

    /// <summary>Where messages that do not parse go.</summary>
    public required ErrorSink Errors { get; init; }
}
