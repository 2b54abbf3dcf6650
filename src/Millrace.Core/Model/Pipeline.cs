using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>
/// One stream: legs (sources) -> columns, extraction, computed columns, filter -> one sink. Further sinks of the same stream
/// are pipelines as well, see <see cref="Branch"/>.
/// </summary>
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

    /// <summary>Set for a sink under another pipeline's <c>also</c>, which is a pipeline with the columns of that one; null otherwise.</summary>
    public Branch? Branch { get; init; }

    /// <summary>True when its rows come from the consumption of the pipeline that it is a branch of; it then has no legs.</summary>
    public bool SharesConsumption => Branch is not null && Legs.IsEmpty;

    /// <summary>The pipeline whose legs its rows come through: mostly itself.</summary>
    public string Consumption => SharesConsumption ? Branch!.Of : Name;

    /// <summary>Where it is declared, as <c>Project.Sources</c> knows it.</summary>
    public string Path => Branch is { } branch ? $"pipelines.{branch.Of}.also.{branch.Sink}" : $"pipelines.{Name}";

    /// <summary>Where its message columns and extraction are declared.</summary>
    public string StreamPath => $"pipelines.{Branch?.Of ?? Name}";

    /// <summary>Where messages that do not parse go.</summary>
    public required ErrorSink Errors { get; init; }
}
