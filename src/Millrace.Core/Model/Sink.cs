using System.Collections.Immutable;

namespace Millrace.Core.Model;

/// <summary>Where the rows of a pipeline go: a table on storage, a Kafka topic or a Postgres table.</summary>
public abstract record Sink
{
    /// <summary>Closed: whoever looks at a sink knows all its kinds.</summary>
    private protected Sink()
    {
    }

    /// <summary>Columns of the stream that are not written, such as the raw JSON that was extracted.</summary>
    public ImmutableArray<string> Omit { get; init; } = [];
}
