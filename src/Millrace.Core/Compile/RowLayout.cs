using System.Collections.Immutable;
using Millrace.Core.Extracting;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Compile;

/// <summary>The columns of one pipeline at each place they pass.</summary>
internal sealed class RowLayout
{
    public RowLayout(Pipeline pipeline)
    {
        var message = pipeline.Columns.Select(column => new ColumnDefinition(column.Name, column.Type, Codec: column.Codec, Comment: column.Comment));
        var extracted = pipeline.Extract is { } extract ? Stored(extract, pipeline.Into.Omit) : [];
        var computed = pipeline.Select.Select(c => new ColumnDefinition(c.Name, c.Type, Codec: c.Codec));
        Stream = [.. message.Concat(extracted).Concat(computed).Where(column => !pipeline.Into.Omit.Contains(column.Name))];
        ImmutableArray<ColumnDefinition> flowing = [.. Stream, .. KafkaVirtuals.Stored];
        var stored = (pipeline.Table?.Columns ?? [])
            .Select(c => new ColumnDefinition(c.Name, c.Type, Keyword(c.Kind), c.Expression, c.Codec))
            .ToImmutableArray();

        Message = [.. pipeline.Columns.Select(column => new ColumnDefinition(column.Name, ParsedType(column.Type)))];
        DataColumns = [.. flowing, .. stored];
        ReadColumns = [.. flowing.Select(c => c.Bare()), .. stored.Select(c => c with { Codec = null })];
        WritableColumns = [.. flowing.Select(c => c with { Codec = null, Comment = null })];
    }

    /// <summary>What a Kafka table parses out of a message.</summary>
    public ImmutableArray<ColumnDefinition> Message { get; }

    /// <summary>What a view makes of a message, before it is told where the message came from.</summary>
    public ImmutableArray<ColumnDefinition> Stream { get; }

    public ImmutableArray<ColumnDefinition> DataColumns { get; }

    /// <summary>A Distributed table repeats the storage expressions, so that <c>SELECT *</c> and ALIAS columns mean the same.</summary>
    public ImmutableArray<ColumnDefinition> ReadColumns { get; }

    /// <summary>
    /// What views write: storage fills the rest, so the defaults of storage stay in force. The defaults of extracted columns
    /// are here too, since a Distributed table sends a column that a view does not write as the default of its own.
    /// </summary>
    public ImmutableArray<ColumnDefinition> WritableColumns { get; }

    /// <summary>
    /// A Kafka table parses message by message, and a LowCardinality column would build a dictionary for each of them: a
    /// quarter of all the CPU of consuming. Writing into the sink makes one dictionary per block instead.
    /// </summary>
    private static string ParsedType(string type) => TypeText.Unwrap(type, "LowCardinality") ?? type;

    /// <summary>
    /// Beside a map, a column that is added later answers out of the map for the rows written before: without a
    /// mutation, and also for those that a view without the column still writes while the change is being applied.
    /// </summary>
    private static IEnumerable<ColumnDefinition> Stored(Extraction extraction, ImmutableArray<string> omit)
    {
        var later = extraction.Rest is { } rest && !omit.Contains(rest)
            ? extraction.Columns.ToDictionary(column => column.Name, column => ExtractionSql.Later(extraction, column), StringComparer.Ordinal)
            : [];
        foreach (var column in Extracted(extraction))
            yield return later.GetValueOrDefault(column.Name) is { } fromMap
                ? column with { DefaultKind = "DEFAULT", DefaultExpression = fromMap }
                : column;
    }

    /// <summary>The columns that an extraction makes.</summary>
    public static IEnumerable<ColumnDefinition> Extracted(Extraction extraction) =>
        extraction.Columns.Select(column => new ColumnDefinition(column.Name, column.Type, Codec: column.Codec))
            .Concat(extraction.Rest is { } rest ? [new ColumnDefinition(rest, ExtractionSql.MapType)] : []);

    private static string Keyword(StoredColumnKind kind) => kind switch
    {
        StoredColumnKind.Default => "DEFAULT",
        StoredColumnKind.Materialized => "MATERIALIZED",
        StoredColumnKind.Alias => "ALIAS",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
