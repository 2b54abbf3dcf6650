using Millrace.Core.Shapes;

namespace Millrace.Engine.Lineage;

/// <summary>What one node tells of one object.</summary>
internal sealed record ObjectReading(ObjectName Name)
{
    public long Parts { get; init; }

    public long PartsInPartition { get; init; }

    public long Rows { get; init; }

    public long Bytes { get; init; }

    /// <summary>Rows that a view wrote in the last minute; null where nobody keeps count.</summary>
    public long? WrittenInMinute { get; init; }

    public long Failures { get; init; }

    public string LastError { get; init; } = "";
}
