using Millrace.ClickHouse.Http;
using Millrace.Core.Findings;
using Millrace.DevCluster.Lab;
using Millrace.Engine.Breaking;
using Xunit;

namespace Millrace.IntegrationTests.Breaking;

/// <summary>What a check says beside naming damage: notes, advice, and silence where nothing happens.</summary>
public sealed class CheckWordsTests
{
    private const string Typed = """
        CREATE TABLE source (id UInt64, kind Enum8('open' = 1), amount UInt32, place Tuple(lat Float64, lon Float64)) ENGINE = MergeTree ORDER BY id;
        CREATE TABLE target (id UInt64, kind Enum8('open' = 1), amount UInt32, place Tuple(lat Float64, lon Float64)) ENGINE = MergeTree ORDER BY (id, kind);
        CREATE TABLE states (id UInt64, amount AggregateFunction(sum, UInt32)) ENGINE = AggregatingMergeTree ORDER BY id;
        CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, kind, amount, place FROM source;
        CREATE MATERIALIZED VIEW sums TO states AS SELECT id, sumState(amount) AS amount FROM source GROUP BY id;
        """;

    private const string Ticking = """
        CREATE TABLE source (id UInt64) ENGINE = MergeTree ORDER BY id;
        CREATE TABLE history (ids UInt64, at DateTime) ENGINE = MergeTree ORDER BY at;
        CREATE MATERIALIZED VIEW every_second REFRESH EVERY 1 SECOND APPEND TO history AS SELECT count() AS ids, now() AS at FROM source;
        """;

    [Fact]
    public async Task Statements_about_users_are_a_note_and_no_refusal()
    {
        var finding = Assert.Single(await CheckAsync(Typed, "CREATE USER reader IDENTIFIED BY 'x';"));
        Assert.Equal(("MR403", Severity.Info), (finding.Code, finding.Severity));
        Assert.Equal("change", finding.At?.File);
    }

    [Fact]
    public async Task An_enum_that_gets_another_name_is_no_rewriting() =>
        Assert.Empty(await CheckAsync(Typed, "ALTER TABLE target MODIFY COLUMN kind Enum8('open' = 1, 'shut' = 2);"));

    [Fact]
    public async Task A_view_that_refreshes_by_itself_adds_no_rows_to_a_probe() =>
        Assert.Empty(await CheckAsync(Ticking, "ALTER TABLE source COMMENT COLUMN id 'the key'; SYSTEM WAIT VIEW every_second;"));

    [Theory]
    [InlineData("ALTER TABLE source MODIFY COLUMN amount UInt64;", "MR304", null)]
    [InlineData("ALTER TABLE source MODIFY COLUMN amount UInt64; ALTER TABLE pipe MODIFY QUERY SELECT id, kind, amount, place FROM source;", "MR301",
        "widen the target first: ALTER TABLE `default`.target MODIFY COLUMN amount UInt64; or CAST in the view to say that it is meant")]
    [InlineData("ALTER TABLE pipe MODIFY QUERY SELECT id, kind, amount, CAST(place AS Tuple(y Float64, x Float64)) AS place FROM source;", "MR301",
        "do not MODIFY place of `default`.target, what it holds would not survive: add a column of type Tuple(y Float64, x Float64) and have the view fill that one; or CAST in the view to say that it is meant")]
    [InlineData("ALTER TABLE sums MODIFY QUERY SELECT id, sumState(toUInt64(amount)) AS amount FROM source GROUP BY id;", "MR303",
        "no ALTER converts states: make a new table with amount AggregateFunction(sum, UInt64), fill it from the source anew, and EXCHANGE it with `default`.states; or have the view make states of the old type")]
    public async Task Advice_is_what_the_engine_takes(string change, string code, string? advice)
    {
        var finding = (await CheckAsync(Typed, change)).First(item => item.Code == code);
        Assert.NotNull(finding.Fix);
        if (advice is not null)
            Assert.Equal(advice, finding.Fix);
    }

    private static async Task<IEnumerable<Finding>> CheckAsync(string before, string change)
    {
        var cancel = TestContext.Current.CancellationToken;
        using var connector = new HttpNodeConnector();
        var world = WorldDeclaration.Of(before, "before", "default");
        await using var lab = await ChangeLab.StartAsync(new EmbeddedLabHost(connector), cancel, world);
        return (await lab.CheckScriptAsync(world, Statements.Read(change, "change"), cancel)).Findings;
    }
}
