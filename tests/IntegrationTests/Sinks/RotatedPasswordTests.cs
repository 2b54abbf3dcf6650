using Xunit;

namespace Millrace.IntegrationTests.Sinks;

/// <summary>A password that changes while rows flow; on a fleet of its own, for the old one is gone afterwards.</summary>
public sealed class RotatedPasswordTests(SinkFixture fleet) : IClassFixture<SinkFixture>
{
    [Fact]
    public async Task Collections_in_config_are_left_to_the_operator_and_those_over_SQL_are_rotated()
    {
        var (exit, output, errors) = await fleet.RunAsync("collections", "apply");
        Assert.Equal(3, exit);
        Assert.Contains("in config", output, StringComparison.Ordinal);

        var yaml = await fleet.ReadAsync("fleet.yaml");
        var secret = yaml.Split("file:")[1].Split('}')[0];
        var password = await fleet.ReadAsync(secret);
        fleet.Declare("fleet.yaml", yaml.Replace("main: { host", "main: { collection: over_sql, host", StringComparison.Ordinal));
        fleet.Declare("pipelines/rotated.yaml", Rotated);
        await fleet.RunAsync("collections", "apply");
        Assert.Contains("over SQL", (await fleet.RunAsync("collections", "status")).Output, StringComparison.Ordinal);
        await fleet.SqlAsync("CREATE TABLE rotated (id bigint UNIQUE)");
        await fleet.ApplyAsync();
        fleet.Send("many", ["{\"id\":1}"]);
        await fleet.ExpectSqlAsync("SELECT count(*) FROM rotated", "1");

        await fleet.SqlAsync("ALTER USER millrace PASSWORD 'another one'");
        fleet.Declare(secret, "another one");
        (exit, output, errors) = await fleet.RunAsync("collections", "apply");
        Assert.Contains("made anew: postgres_property_definitions, postgres_rotated", output, StringComparison.Ordinal);
        fleet.Send("many", ["{\"id\":2}"]);
        await fleet.ExpectSqlAsync("SELECT count(*) FROM rotated", "2", "another one");
        var history = (await fleet.RunAsync("history", "--sql")).Output;
        Assert.Contains("ALTER NAMED COLLECTION over_sql: host, port, database, user, password", history, StringComparison.Ordinal);
        output += history;
        Assert.DoesNotContain("another one", output + errors, StringComparison.Ordinal);
        Assert.DoesNotContain(password, output + errors, StringComparison.Ordinal);
        Assert.Equal(0, (await fleet.RunAsync("plan", "--detailed-exitcode")).Exit);
    }

    private const string Rotated = """
        pipeline: rotated
        role: events
        columns: { id: Int64 }
        legs: [{ broker: msk, topic: many, group: rotated, settings: { kafka_flush_interval_ms: 300 } }]
        into: { postgres: { connection: main, table: rotated, keys: [id] } }
        errors: { table: ingestion_errors }
        """;
}
