using Xunit;

namespace Millrace.IntegrationTests.Sinks;

/// <summary>What a Postgres sink does when Postgres is away, and with text that it cannot store; and how its secrets are rotated.</summary>
public sealed class FailingSinkTests(SinkFixture fleet) : IClassFixture<SinkFixture>
{
    private const string Count = "SELECT count(*) FROM property_definitions";

    [Fact]
    public async Task Rows_wait_for_Postgres_and_a_row_that_would_stay_the_same_is_not_written()
    {
        await fleet.Cluster.KillPostgresAsync();
        fleet.Send("events_by_name", Enumerable.Range(0, 500).Select(id => Event("down", id % 50)));
        // The consumer has read them and was refused: its group must stand where it stood.
        await fleet.ExpectAsync(
            "events-1", "SELECT sum(length(exceptions.text)) > 0 FROM clusterAllReplicas('events', system.kafka_consumers) WHERE table = 'kafka_property_definitions'", "1");
        Assert.True(await fleet.LagAsync("events_by_name", "propdefs") >= 500);
        await fleet.Cluster.EnsureAsync(cancel: TestContext.Current.CancellationToken);
        await fleet.ExpectSqlAsync($"{Count} WHERE event = 'down'", "50");

        var written = await fleet.SqlAsync("SELECT sum(xmin::text::bigint) FROM property_definitions WHERE event = 'down'");
        fleet.Send("events_by_name", Enumerable.Range(0, 50).Select(id => Event("down", id)).Append(Event("marker", 0)));
        await fleet.ExpectSqlAsync($"{Count} WHERE event = 'marker'", "1");
        Assert.Equal(written, await fleet.SqlAsync("SELECT sum(xmin::text::bigint) FROM property_definitions WHERE event = 'down'"));
    }

    [Fact]
    public async Task Text_that_Postgres_cannot_store_is_mended_or_passed_over_by_rule_and_recorded_either_way()
    {
        fleet.Send("events_by_name", [Event("nul\\u0000x", 1), Event(new string('l', 401), 1), "poison", Event("mended", 1)]);

        await fleet.ExpectSqlAsync($"{Count} WHERE event = 'mended'", "1");
        await fleet.ExpectSqlAsync($"{Count} WHERE event = 'nul\uFFFDx'", "1");
        Assert.Equal("0", await fleet.SqlAsync($"{Count} WHERE length(event) > 400"));
        await fleet.ExpectAsync(
            "data-1",
            "SELECT arrayStringConcat(arraySort(groupUniqArray(multiIf(_error LIKE 'event: %', _error, 'not parsed'))), '|') FROM analytics.ingestion_errors WHERE pipeline = 'property_definitions'",
            "event: NUL or bytes that are not UTF-8, replaced|event: longer than 400 characters, skipped|not parsed");
    }

    private static string Event(string name, int id) =>
        $$"""{"uuid":"{{Guid.Empty}}","project_id":{{id}},"event":"{{name}}","timestamp":"2026-01-01 00:00:00","properties":"{\"a\":1}"}""";
}
