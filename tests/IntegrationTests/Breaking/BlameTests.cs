using Millrace.Engine.Breaking;
using Xunit;

namespace Millrace.IntegrationTests.Breaking;

/// <summary>A finding stands at the statement of the change that does the damage: neither at a harmless one after it, nor in what was there before.</summary>
public sealed class BlameTests(TruthFixture fixture) : IClassFixture<TruthFixture>
{
    private const string Pipe = """
        CREATE TABLE source (id UInt64, level String, amount Int64) ENGINE = MergeTree ORDER BY id;
        CREATE TABLE target (id UInt64, level String, amount Int64) ENGINE = MergeTree ORDER BY id;
        CREATE TABLE front (id UInt64, level String, amount Int64) ENGINE = Distributed(node, default, target);
        CREATE MATERIALIZED VIEW pipe TO target AS SELECT id, level, amount FROM source;
        """;

    [Theory]
    [InlineData("MR310", 1, "ALTER TABLE target DROP COLUMN level;\nALTER TABLE target MODIFY COLUMN amount CODEC(ZSTD(3));\nALTER TABLE target COMMENT COLUMN amount 'harmless';")]
    [InlineData("MR310", 2, "ALTER TABLE target ADD COLUMN note String;\nALTER TABLE target DROP COLUMN level;\nALTER TABLE target ADD COLUMN more String;\nALTER TABLE target MODIFY COMMENT 'x';")]
    [InlineData("MR304", 2, "ALTER TABLE source ADD COLUMN other String;\nALTER TABLE source MODIFY COLUMN amount Nullable(Int64);\nALTER TABLE source MODIFY COLUMN other LowCardinality(String);")]
    [InlineData("MR341", 1, "ALTER TABLE front ADD COLUMN z UInt64;")]
    [InlineData("MR390", 1, "ALTER TABLE target ADD CONSTRAINT positive CHECK amount > 0;")]
    [InlineData("MR390", 2, "ALTER TABLE target ADD COLUMN note String;\nALTER TABLE target ADD CONSTRAINT positive CHECK amount > 0;\nALTER TABLE target MODIFY COLUMN note LowCardinality(String);\nALTER TABLE target ADD INDEX i amount TYPE minmax;")]
    [InlineData("MR300", 2, "ALTER TABLE target ADD COLUMN note String;\nALTER TABLE target DROP COLUMN nothing;\nALTER TABLE target ADD COLUMN more String;")]
    [InlineData("MR311", 2, "ALTER TABLE pipe MODIFY QUERY SELECT id, level, amount FROM source WHERE id > 0;\nALTER TABLE pipe MODIFY QUERY SELECT id, level FROM source;\nALTER TABLE target COMMENT COLUMN amount 'x';")]
    public async Task The_statement_that_does_it_is_blamed(string code, int line, string change)
    {
        var report = await fixture.Lab.CheckAsync(WorldDeclaration.Of(Pipe, "schema.sql", "default"), Statements.Read(change, "change.sql"), TestContext.Current.CancellationToken);
        var found = report.Findings.Where(finding => finding.Code == code).ToList();
        Assert.NotEmpty(found);
        Assert.All(found, finding => Assert.Equal(("change.sql", line), (finding.At?.File, finding.At?.Line)));
    }

    [Fact]
    public async Task A_missing_semicolon_is_all_that_is_wrong()
    {
        var joined = Pipe.Replace("ORDER BY id;\nCREATE TABLE target", "ORDER BY id\n-- the next file\nCREATE TABLE target", StringComparison.Ordinal);
        var report = await fixture.Lab.CheckAsync(
            WorldDeclaration.Of(joined, "schema.sql", "default"),
            Statements.Read("ALTER TABLE target ADD COLUMN a String\nALTER TABLE target DROP COLUMN level;", "change.sql"),
            TestContext.Current.CancellationToken);

        var refused = Assert.Single(report.Refused);
        Assert.Equal(("schema.sql", 3), (refused.Statement.At?.File, refused.Statement.At?.Line));
        Assert.Contains("`;` is missing", refused.Fault.Message, StringComparison.Ordinal);
        Assert.Equal([("MR300", 2), ("MR310", 2), ("MR341", 2)], report.Findings.Where(finding => finding.Severity == Core.Findings.Severity.Error).Select(finding => (finding.Code, finding.At!.Line)).Order());
    }
}
