using System.Text.Json.Nodes;
using Xunit;

namespace Millrace.IntegrationTests.Legs;

/// <summary>The whole move from one broker to another under load, with the real commands.</summary>
[Trait("Kind", "Proof")]
public sealed class LegMoveTests(TwoBrokers brokers) : IClassFixture<TwoBrokers>
{
    [Fact]
    public async Task Producers_move_under_load_and_nothing_is_lost_or_doubled()
    {
        await brokers.UntilAsync("apply", "--yes");
        using var producer = new MovingProducer(brokers);

        // Nobody has written to the new broker yet.
        await RefusedAsync("the new leg consumes");

        producer.WriteToBoth();
        await ComparedAsync();
        await RefusedAsync("no producer writes to the old broker");
        var status = JsonNode.Parse(await brokers.UntilAsync("leg", "status", "--interval", "1", "--json"))!["legs"]!.AsArray();
        Assert.All(status, leg => Assert.True((double)leg!["writtenPerSecond"]! > 0, leg!.ToJsonString()));
        Assert.NotEqual((string)status[0]!["clusterId"]!, (string)status[1]!["clusterId"]!);

        producer.WriteToNewOnly();
        var dropped = await brokers.UntilAsync("leg", "cutover", "--to", "warpstream", "--silence", "1", "--yes");
        Assert.Contains("Now delete leg `msk` from pipelines/events.yaml:9", dropped);
        Assert.Equal("kafka_events_warpstream", await brokers.AskAsync("events-1", "SELECT name FROM system.tables WHERE engine = 'Kafka'"));

        brokers.Declare("warpstream");
        Assert.Equal(0, (await brokers.RunAsync("plan", "--detailed-exitcode")).Exit);
        await producer.StopAsync();
        await ArrivedAsync(producer.Sent);
    }

    /// <summary>Waits until events that came over both brokers were compared, and all were in the table.</summary>
    private async Task ComparedAsync()
    {
        var parity = "";
        await Patience.UntilAsync(
            async () => (long)JsonNode.Parse(parity = await brokers.UntilAsync("leg", "parity", "--to", "warpstream", "--json"))!["events"]!["both"]! > 0,
            () => parity);
    }

    /// <summary>A cutover is refused for this reason, once all conditions before it hold.</summary>
    private async Task RefusedAsync(string condition)
    {
        await Patience.ExpectAsync(condition, FirstFailingAsync, "the first condition that does not hold");
        Assert.Equal("2", await brokers.AskAsync("events-1", "SELECT count() FROM system.tables WHERE engine = 'Kafka'"));
    }

    private async Task<string> FirstFailingAsync()
    {
        var (exit, output, errors) = await brokers.RunAsync("leg", "cutover", "--to", "warpstream", "--silence", "1", "--yes", "--json");
        Assert.True(exit == 1, output + errors);
        var checks = JsonNode.Parse(output)!["checks"]!.AsArray();
        return (string)checks.First(check => check!["holds"] is { } holds && !(bool)holds)!["what"]!;
    }

    /// <summary>Every id once, for a reader who asks for final rows; twice on disk where it came over both brokers.</summary>
    private Task ArrivedAsync(int sent) => Patience.ExpectAsync(
        $"{sent}\t{sent}\t{sent - 1}",
        () => brokers.AskAsync("data-1", "SELECT count(), uniqExact(id), max(id) FROM move.events FINAL"),
        "what is stored (rows, different ids, last id)");
}
