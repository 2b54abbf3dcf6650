using System.Collections.Immutable;
using Millrace.Core.Legs;
using Millrace.Core.Model;

namespace Millrace.Engine.Legs;

/// <summary>Tells what only a broker can: how far topics and groups are, and what the messages are. Changes nothing.</summary>
public interface ITopicSource
{
    /// <summary>A broker's trouble is its answer, never an exception.</summary>
    Task<TopicProgress> ProgressAsync(Broker broker, string topic, string group, CancellationToken cancel);

    /// <summary>Reads messages without joining any group.</summary>
    /// <exception cref="UserErrorException">The broker does not answer.</exception>
    Task<ImmutableArray<TopicMessage>> ReadAsync(
        Broker broker, string topic, ImmutableArray<OffsetRange> ranges, CancellationToken cancel);
}
