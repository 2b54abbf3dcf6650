using System.Text.Json;
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
        var status = (await fleet.RunAsync("status")).Output;
        Assert.Matches("property_definitions +msk +[0-] +500 .*", status);
        var doctor = await fleet.RunAsync("doctor", "--only", "MR259", "MR279");
        Assert.Contains("Postgres `main` does not take the rows of `property_definitions`: connection to server at", doctor.Output, StringComparison.Ordinal);
        Assert.Contains("start Postgres", doctor.Output, StringComparison.Ordinal);
        Assert.Equal(1, doctor.Exit);
        var plan = await fleet.RunAsync("plan", "--detailed-exitcode");
        Assert.Equal(0, plan.Exit);
        Assert.Single(plan.Errors.Split("MR279").Skip(1), part => part.Contains("Postgres `main` could not be asked", StringComparison.Ordinal));
        await fleet.Cluster.EnsureAsync(cancel: TestContext.Current.CancellationToken);
        await fleet.ExpectSqlAsync($"{Count} WHERE event = 'down'", "50");
        // What is over is not shown as if it were not.
        await Patience.UntilAsync(async () => (await fleet.RunAsync("status")).Output.Split('\n').Any(line => line.StartsWith("property_definitions ", StringComparison.Ordinal) && line.EndsWith(" -", StringComparison.Ordinal)), () => "the error stays");

        var written = await fleet.SqlAsync("SELECT sum(xmin::text::bigint) FROM property_definitions WHERE event = 'down'");
        fleet.Send("events_by_name", Enumerable.Range(0, 50).Select(id => Event("down", id)).Append(Event("marker", 0)));
        await fleet.ExpectSqlAsync($"{Count} WHERE event = 'marker'", "1");
        Assert.Equal(written, await fleet.SqlAsync("SELECT sum(xmin::text::bigint) FROM property_definitions WHERE event = 'down'"));
    }

    [Fact]
    public async Task What_a_table_lacks_comes_with_the_statement_and_a_sink_that_could_store_nothing_is_not_made()
    {
        fleet.Declare("pipelines/towns.yaml", Towns);
        await RunsAsync("CREATE TABLE \"towns\"");
        await fleet.ApplyAsync();
        await fleet.SqlAsync("ALTER TABLE towns DROP CONSTRAINT towns_town_key; ALTER TABLE towns DROP COLUMN amount");
        // It stands already: said, and no reason to hold up a fleet.
        var (exit, _, errors) = await fleet.RunAsync("plan", "--detailed-exitcode");
        Assert.Equal(0, exit);
        Assert.Matches("towns.yaml:9:\\d+ +warning +MR278 +`towns` of `main` has no column `amount`", errors);
        Assert.Contains("has no unique index over exactly `town`", errors, StringComparison.Ordinal);
        Assert.Equal(1, (await fleet.RunAsync("doctor", "--only", "MR278")).Exit);
        fleet.Declare("pipelines/towns.yaml", Towns.Replace("amount: max", "amount: min", StringComparison.Ordinal));
        await RunsAsync("CREATE UNIQUE INDEX CONCURRENTLY ON \"public\".\"towns\"", "ALTER TABLE \"public\".\"towns\" ADD COLUMN");
        await fleet.ApplyAsync();
        fleet.Send("many", ["""{"town":"t","amount":2}""", """{"town":"t","amount":1}"""]);
        await fleet.ExpectSqlAsync("SELECT amount FROM towns WHERE town = 't'", "1");
        fleet.Remove("pipelines/towns.yaml");
        await fleet.ApplyAsync();
    }

    /// <summary>The plan is refused for these, and what it says to run is run as it stands.</summary>
    private async Task RunsAsync(params string[] beginnings)
    {
        var (exit, output, _) = await fleet.RunAsync("plan", "--json");
        Assert.Equal(1, exit);
        using var json = JsonDocument.Parse(output);
        var statements = json.RootElement.GetProperty("plan").GetProperty("refusals").EnumerateArray().Select(finding => finding.GetProperty("detail").GetString()!).ToList();
        Assert.Equal(beginnings.Length, statements.Count);
        Assert.All(beginnings, beginning => Assert.Contains(statements, statement => statement.StartsWith(beginning, StringComparison.Ordinal)));
        foreach (var statement in statements)
            await fleet.SqlAsync(statement);
        Assert.Equal(2, (await fleet.RunAsync("plan", "--detailed-exitcode")).Exit);
    }

    private const string Towns = """
        pipeline: towns
        role: events
        columns: { town: String, amount: Int64 }
        legs: [{ broker: msk, topic: many, group: towns, settings: { kafka_flush_interval_ms: 300 } }]
        into:
          postgres:
            connection: main
            keys: [town]
            table: towns
            update: { amount: max }
        errors: { table: ingestion_errors }
        """;

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
