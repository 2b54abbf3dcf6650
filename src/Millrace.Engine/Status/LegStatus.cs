using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Status;

/// <summary>One source of a pipeline, summed over the nodes of its role that answered.</summary>
/// <param name="Consumers">Consumers that the declaration asks for, on all nodes of the role.</param>
/// <param name="OnNodes">The nodes that answered and have the Kafka table.</param>
/// <param name="RowsPerSecond">Since the previous look; null in the first one.</param>
public sealed record LegStatus(
    string Pipeline,
    Leg Leg,
    ObjectName KafkaTable,
    int Consumers,
    ImmutableArray<LegOnNode> OnNodes,
    double? RowsPerSecond)
{
    /// <summary>Consumers that hold at least one partition.</summary>
    public int Assigned => OnNodes.Sum(n => n.Assigned);

    public int Partitions => OnNodes.Sum(n => n.Partitions);

    /// <summary>
    /// Messages that are on the broker and not committed, in the partitions whose consumers tell; null when none does (no
    /// node answers, or the server's <c>statistics_interval_ms</c> is 0).
    /// </summary>
    public long? Lag => OnNodes.Any(n => n.MeasuredPartitions > 0) ? OnNodes.Sum(n => n.Lag) : null;

    /// <summary>How fast the lag shrinks, in messages a second, since the previous look; null in the first one.</summary>
    public double? DrainPerSecond { get; init; }

    /// <summary>When the lag is gone at the speed of the last interval; null when it does not shrink or is not known.</summary>
    public TimeSpan? DrainsIn => Lag is > 0 && DrainPerSecond is > 0 ? TimeSpan.FromSeconds(Lag.Value / DrainPerSecond.Value) : null;

    /// <summary>The latest error of any of its consumers, with its node.</summary>
    public (string Node, LegError Error)? LastError => OnNodes.Where(n => n.LastError is not null)
        .OrderByDescending(n => n.LastError!.At).Select(n => ((string, LegError)?)(n.Node, n.LastError!)).FirstOrDefault();
}
