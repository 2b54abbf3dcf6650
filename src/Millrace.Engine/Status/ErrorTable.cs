using Millrace.Core.Compile;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Status;

/// <summary>A table of messages that did not parse: as people query it, and as storage holds it.</summary>
internal sealed record ErrorTable(ObjectName Read, ObjectName Data, Placement Placement)
{
    /// <summary>On one shard, people query the data itself; then every node of the placement holds all rows.</summary>
    public bool IsSharded => Read != Data;
}
