using System.Globalization;
using System.Text;
using System.Text.Json;
using Millrace.Kafka;
using Xunit;

namespace Millrace.IntegrationTests.Sinks;

/// <summary>Re-keying, and from there into Postgres: the whole of <c>examples/propdefs</c>.</summary>
public sealed class PropdefsTests(SinkFixture fleet) : IClassFixture<SinkFixture>
{
    private const int Projects = 14, Names = 5, Events = 2000;

    [Fact]
    public async Task Events_are_re_keyed_and_their_properties_are_defined_in_Postgres_once()
    {
        fleet.Send("events", Enumerable.Range(0, Events).Select(Event));
        var messages = await fleet.ReadTopicAsync("events_by_name", Events);

        Assert.Equal(Events, messages.Count);
        var keys = messages.GroupBy(message => Encoding.UTF8.GetString(message.Key!.Value.Span)).ToList();
        Assert.Equal(Projects * Names, keys.Count);
        Assert.All(keys, key =>
        {
            Assert.Equal(Murmur2.Partition(Encoding.UTF8.GetBytes(key.Key), 4), Assert.Single(key.Select(message => message.Partition).Distinct()));
            // Each key was sent to one partition, so its order is defined, and must be the same here.
            var ids = key.OrderBy(message => message.Offset).Select(Number).ToList();
            Assert.Equal(ids.Order(), ids);
        });
        await fleet.ExpectSqlAsync("SELECT count(*) FROM property_definitions", $"{Projects * Names * 3}");
        Assert.Equal("String", await fleet.SqlAsync("SELECT DISTINCT property_type FROM property_definitions WHERE property = '$browser'"));
        var last = await fleet.SqlAsync($"SELECT max(to_char(timestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')) FROM property_definitions");
        Assert.Equal(Time(Events - 1), last);
    }

    private static long Number(KafkaMessage message) =>
        JsonDocument.Parse(JsonDocument.Parse(message.Value).RootElement.GetProperty("properties").GetString()!).RootElement.GetProperty("n").GetInt64();

    private static string Time(int id) => new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(id).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>The producer's partition is the parity of the id, and so is the name's: a key comes from one partition.</summary>
    private static string Event(int id) =>
        $$"""{"uuid":"{{Guid.NewGuid()}}","project_id":{{id % Projects}},"event":"e{{id / 14 % Names}}","timestamp":"{{Time(id)}}","properties":"{\"$browser\":\"b{{id}}\",\"n\":{{id}},\"ok\":true}"}""";
}
