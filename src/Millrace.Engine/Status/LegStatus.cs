using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Status;

/// <summary>One source of a pipeline, summed over the nodes of its role that answered.</summary>
/// <param name="Consumers">Consumers that the declaration asks for, on all nodes of the role.</param>
/// <param name="OnNodes">The nodes that answered and have the Kafka table.</param>
public sealed record LegStatus(
    string Pipeline,
    Leg Leg,
    ObjectName KafkaTable,
    int Consumers,
    ImmutableArray<LegOnNode> OnNodes)
{
    /// <summary>Since the previous look; null in the first one, and where only attempts that failed are known.</summary>
    public double? RowsPerSecond { get; init; }

    /// <summary>Consumers that hold at least one partition.</summary>
    public int Assigned => OnNodes.Sum(n => n.Assigned);

    public int Partitions => OnNodes.Sum(n => n.Partitions);

    /// <summary>The broker's word; null when the consumers tell the lag themselves and nobody asked it.</summary>
    public LagAnswer? FromBroker { get; init; }

    /// <summary>Messages that are on the broker and not committed; null when nobody knows.</summary>
    public long? Lag => FromBroker is { } answer ? answer.Messages : MeasuredLag;

    /// <summary>
    /// True when what the consumers tell is of now: those that wait for a sink, or hold no partition, tell the lag of the time when they stopped.
    /// </summary>
    /// <param name="nodes">How many nodes are to consume.</param>
    public bool IsTold(int nodes, DateTimeOffset now) =>
        MeasuredLag is not null && OnNodes.Length == nodes && !IsStalled(now) && OnNodes.All(n => n.LastError is null && n.MeasuredAgo <= StatisticsAge);

    /// <summary>ClickHouse lets consumers tell every 3 s.</summary>
    private static readonly TimeSpan StatisticsAge = TimeSpan.FromSeconds(15);

    /// <summary>The pipeline whose messages these are: its own name, unless it shares the consumption of another one.</summary>
    public string Consumption { get; init; } = Pipeline;

    /// <summary>What the consumers tell; null when none does (no node answers, or they collect no statistics).</summary>
    public long? MeasuredLag => OnNodes.Any(n => n.MeasuredPartitions > 0) ? OnNodes.Sum(n => n.Lag) : null;

    /// <summary>When any of its consumers asked the broker for messages last; null when none ever did.</summary>
    public DateTimeOffset? LastPoll => OnNodes.Max(n => n.LastPoll);

    /// <summary>A consumer polls every second or so; true when none has for so long that it cannot be streaming.</summary>
    public bool IsStalled(DateTimeOffset now) => LastPoll is not { } last || now - last > StalledAfter;

    private static readonly TimeSpan StalledAfter = TimeSpan.FromSeconds(30);

    /// <summary>How fast the lag shrinks, in messages a second, since the previous look; null in the first one.</summary>
    public double? DrainPerSecond { get; init; }

    /// <summary>When the lag is gone at the speed of the last interval; null when it does not shrink or is not known.</summary>
    public TimeSpan? DrainsIn => Lag is > 0 && DrainPerSecond is > 0 ? TimeSpan.FromSeconds(Lag.Value / DrainPerSecond.Value) : null;

    /// <summary>The latest error of any of its consumers, with its node; null when rows were committed since, or none waits.</summary>
    public (string Node, LegError Error)? LastError => Lag is 0 ? null : OnNodes.Where(n => n.LastError is not null)
        .OrderByDescending(n => n.LastError!.At).Select(n => ((string, LegError)?)(n.Node, n.LastError!)).FirstOrDefault();
}
