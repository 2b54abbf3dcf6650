using System.Text;
using System.Text.Json;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.Sinks;

/// <summary>
/// Tables that produce are made anew while messages flow through them: ClickHouse drops what a block has handed to a producer that
/// leaves, and commits its offsets, so their streams must rest meanwhile.
/// </summary>
[Trait("Kind", "Proof")]
public sealed class LiveProducerTests(SinkFixture fleet) : IClassFixture<SinkFixture>
{
    private const string Pipeline = "pipelines/events_by_name.yaml";
    private static readonly string[] Topics = ["events_by_name", "many"];

    [Fact]
    public async Task No_message_is_lost_when_a_live_producer_gets_another_topic_or_its_collection_changes()
    {
        var fleetFile = await fleet.ReadAsync("fleet.yaml");
        Assert.Contains("collection: msk,", fleetFile, StringComparison.Ordinal);
        fleet.Declare("fleet.yaml", fleetFile.Replace("collection: msk,", "collection: over_sql, options: { session_timeout_ms: 6000 },", StringComparison.Ordinal));
        await fleet.RunAsync("collections", "apply");
        await fleet.ApplyAsync();

        using var stop = new CancellationTokenSource();
        var sending = Task.Run(() => SendAsync(stop.Token), TestContext.Current.CancellationToken);
        var yaml = await fleet.ReadAsync(Pipeline);
        for (var round = 0; round < 2; round++)
        {
            await FlowsAsync();
            fleet.Declare(Pipeline, yaml.Replace("topic: events_by_name", $"topic: {Topics[(round + 1) % 2]}", StringComparison.Ordinal));
            var (_, plan, _) = await fleet.RunAsync("plan");
            Assert.Matches("pauses +recreate producer_events_by_name: .*so the stream into it rests; one node at a time", plan);
            await fleet.ApplyAsync();
            await FlowsAsync();
            var (exit, output, errors) = await fleet.RunAsync("collections", "apply");
            Assert.True(output.Contains("producer_events_by_name", StringComparison.Ordinal), output + errors + exit);
        }

        await stop.CancelAsync();
        var sent = await sending;
        await Patience.UntilAsync(async () => await fleet.LagAsync("events", "shufflehog") == 0, () => "the stream is behind");
        var arrived = new HashSet<long>();
        foreach (var topic in Topics)
            arrived.UnionWith((await fleet.ReadTopicAsync(topic, 1)).Select(Number));
        Assert.Empty(Enumerable.Range(0, sent).Select(id => (long)id).Except(arrived));
    }

    /// <summary>Waits until consumers commit what comes: a producer that nothing reaches loses nothing.</summary>
    private async Task FlowsAsync()
    {
        var before = await CommittedAsync();
        await Patience.UntilAsync(async () => await CommittedAsync() > before + 100, () => "nothing flows");
    }

    private async Task<long> CommittedAsync()
    {
        var progress = await new TopicSource().ProgressAsync(fleet.Cluster.Fleet.Brokers[0], "events", "shufflehog", TestContext.Current.CancellationToken);
        return progress.Partitions.Sum(partition => partition.Committed ?? 0);
    }

    /// <returns>How many were sent, numbered from 0.</returns>
    private async Task<int> SendAsync(CancellationToken stop)
    {
        using var producer = fleet.Producer();
        var id = 0;
        for (; !stop.IsCancellationRequested; await Task.Delay(5, CancellationToken.None))
            for (var end = id + 4; id < end; id++)
                producer.Produce("events", Encoding.UTF8.GetBytes(Event(id)), partition: id % 8);
        producer.Flush(TimeSpan.FromSeconds(20));
        return id;
    }

    private static long Number(KafkaMessage message) =>
        JsonDocument.Parse(JsonDocument.Parse(message.Value).RootElement.GetProperty("properties").GetString()!).RootElement.GetProperty("n").GetInt64();

    private static string Event(int id) =>
        $$"""{"uuid":"{{Guid.NewGuid()}}","project_id":{{id % 7}},"event":"e","timestamp":"2026-01-01 00:00:00","properties":"{\"n\":{{id}}}"}""";
}
