using System.Collections.Immutable;
using Millrace.Kafka.Bindings;

namespace Millrace.Kafka;

/// <summary>Asks a Kafka backend what only it can say: topics, offsets kept, offsets committed. Never changes anything.</summary>
public sealed class BrokerFacts(BrokerEndpoint endpoint, TimeSpan? timeout = null) : IDisposable
{
    private readonly int timeoutMilliseconds = (int)(timeout ?? TimeSpan.FromSeconds(10)).TotalMilliseconds;
    private readonly KafkaClient client = Open(endpoint, group: null);

    /// <exception cref="KafkaException">The backend does not answer; the message says why.</exception>
    public Task<BrokerDescription> DescribeAsync(CancellationToken cancel = default) => Task.Run(Describe, cancel);

    /// <summary>The offsets that each partition keeps, and where <paramref name="group"/> stands when one is given.</summary>
    /// <exception cref="KafkaException">The topic does not exist, or the backend does not answer.</exception>
    public async Task<ImmutableArray<PartitionPosition>> PositionsAsync(
        string topic, string? group = null, CancellationToken cancel = default)
    {
        var description = await DescribeAsync(cancel);
        if (!description.Topics.TryGetValue(topic, out var partitions))
            throw RdKafka.Error(RdKafka.UnknownTopic, $"topic {topic} of {endpoint.Bootstrap}");

        var watermarks = await WatermarksAsync(topic, partitions, cancel);
        if (group is null)
            return watermarks;
        var committed = await Task.Run(() => Committed(topic, partitions, group), cancel);
        return [.. watermarks.Select(w => w with { Committed = committed[w.Partition] })];
    }

    public void Dispose() => client.Dispose();

    private static unsafe KafkaClient Open(BrokerEndpoint endpoint, string? group) => new(
        RdKafka.Consumer,
        [
            new("bootstrap.servers", endpoint.Bootstrap),
            new("group.id", group ?? "millrace-facts"), // librdkafka wants one; it is used only by `Committed`.
            new("enable.auto.commit", "false"),
            .. endpoint.Options,
        ]);

    private async Task<ImmutableArray<PartitionPosition>> WatermarksAsync(string topic, int partitions, CancellationToken cancel)
    {
        var positions = new PartitionPosition[partitions];
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancel };
        await Task.Run(
            () => Parallel.For(0, partitions, parallel, partition => positions[partition] = Watermarks(topic, partition)),
            cancel);
        return [.. positions];
    }

    private PartitionPosition Watermarks(string topic, int partition)
    {
        client.Check(
            RdKafka.QueryWatermarks(client.Handle, topic, partition, out var low, out var high, timeoutMilliseconds),
            $"offsets of topic {topic}, partition {partition} of {endpoint.Bootstrap}");
        return new PartitionPosition(partition, low, high);
    }

    private unsafe BrokerDescription Describe()
    {
        // All topics at once: asking for a single one may create it on brokers that are set so.
        client.Check(
            RdKafka.Metadata(client.Handle, 1, 0, out var metadata, timeoutMilliseconds),
            $"{endpoint.Bootstrap} does not answer");
        try
        {
            var topics = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
            for (var i = 0; i < metadata->TopicCount; i++)
                topics[RdKafka.Text(metadata->Topics[i].Name)] = metadata->Topics[i].PartitionCount;
            return new BrokerDescription(ClusterId(), metadata->BrokerCount, topics.ToImmutable());
        }
        finally
        {
            RdKafka.DestroyMetadata(metadata);
        }
    }

    private string? ClusterId()
    {
        var id = RdKafka.ClusterId(client.Handle, timeoutMilliseconds);
        if (id == 0)
            return null;
        var text = RdKafka.Text(id);
        RdKafka.Free(client.Handle, id);
        return text;
    }

    private unsafe long?[] Committed(string topic, int partitions, string group)
    {
        using var member = Open(endpoint, group);
        var list = RdKafka.NewPartitionList(partitions);
        try
        {
            for (var partition = 0; partition < partitions; partition++)
                RdKafka.AddPartition(list, topic, partition);
            member.Check(
                RdKafka.Committed(member.Handle, list, timeoutMilliseconds),
                $"offsets of group {group} on topic {topic} of {endpoint.Bootstrap}");

            var offsets = new long?[partitions];
            for (var i = 0; i < list->Count; i++)
                offsets[list->Elements[i].Partition] = list->Elements[i].Offset == RdKafka.NoOffset ? null : list->Elements[i].Offset;
            return offsets;
        }
        finally
        {
            RdKafka.DestroyPartitionList(list);
        }
    }
}
