using Millrace.Core.Shapes;

namespace Millrace.Core.Compile;

/// <summary>What a data view reads.</summary>
/// <param name="IsParsed">True for a stream table: its rows have their extracted columns, and those that did not parse are not among them.</param>
internal readonly record struct RowSource(ObjectName Name, bool IsParsed)
{
    /// <summary>A Kafka table.</summary>
    public static RowSource Messages(ObjectName kafka) => new(kafka, IsParsed: false);

    /// <summary>The table between a consumption and its several sinks.</summary>
    public static RowSource Stream(ObjectName table) => new(table, IsParsed: true);
}
