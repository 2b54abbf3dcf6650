using System.Collections.Immutable;
using Millrace.Core.Databases;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Xunit;

namespace Millrace.UnitTests.Core.Databases;

/// <summary>A Postgres sink against the tables that are there.</summary>
public sealed class PostgresTablesTests
{
    private static readonly PostgresTable Cities = new(
        "public", "cities", IsPlain: true, [new("city", MustBeGiven: true), new("amount", MustBeGiven: false)], [["city"]]);

    [Fact]
    public void A_table_that_fits_is_no_finding() => Assert.Empty(Check(Cities));

    [Fact]
    public void A_table_that_is_missing_comes_with_the_statement_that_makes_it()
    {
        var finding = Assert.Single(Check());

        Assert.Equal(Severity.Error, finding.Severity);
        Assert.StartsWith("`main` has no table `cities`: Postgres refuses every row of `cities`", finding.Message, StringComparison.Ordinal);
        Assert.Equal("CREATE TABLE \"cities\" (\n    \"city\" varchar(40) NOT NULL,\n    \"amount\" bigint,\n    UNIQUE (\"city\")\n);", finding.Detail);
    }

    [Fact]
    public void A_table_in_another_schema_may_be_on_the_search_path() => Assert.Empty(Check(Cities with { Schema = "app" }));

    [Fact]
    public void The_schema_that_is_declared_is_the_one_that_counts()
    {
        var finding = Assert.Single(Check(Sink with { Schema = "app" }, Cities));

        Assert.Contains("no table `app.cities` (there is one in the schema `public`)", finding.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Columns_are_looked_for_by_name()
    {
        var finding = Assert.Single(Check(Cities with { Columns = [new("city", MustBeGiven: true), new("Amount", MustBeGiven: false)] }));

        Assert.Equal("ALTER TABLE \"public\".\"cities\" ADD COLUMN \"amount\" bigint;", finding.Detail);
    }

    [Fact]
    public void A_column_that_must_be_given_and_is_not_is_a_finding()
    {
        var finding = Assert.Single(Check(Cities with { Columns = [.. Cities.Columns, new("made_by", MustBeGiven: true)] }));

        Assert.Contains("wants a value for `made_by`", finding.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("city")]
    [InlineData("amount,city", "city")]
    public void An_index_over_exactly_the_keys_serves(params string[] indexes) =>
        Assert.Empty(Check(Cities with { Unique = [.. indexes.Select(index => index.Split(',').ToImmutableArray())] }));

    [Theory]
    [InlineData]
    [InlineData("amount")]
    [InlineData("city,amount")] // The same city twice.
    [InlineData("")] // An expression.
    public void Another_index_does_not(params string[] indexes)
    {
        var finding = Assert.Single(Check(Cities with { Unique = [.. indexes.Select(index => index.Split(',').ToImmutableArray())] }));

        Assert.Equal("CREATE UNIQUE INDEX CONCURRENTLY ON \"public\".\"cities\" (\"city\");", finding.Detail);
    }

    [Fact]
    public void A_view_has_no_index_to_miss() => Assert.Empty(Check(Cities with { Unique = null, IsPlain = false }));

    [Fact]
    public void A_column_that_takes_less_than_the_sink_lets_through_is_a_warning()
    {
        var narrow = Cities with { Columns = [new("city", MustBeGiven: true, Longest: 20), new("amount", MustBeGiven: false)] };

        var finding = Assert.Single(Check(narrow));

        Assert.Equal(Severity.Warning, finding.Severity);
        Assert.Contains("with one text of 21", finding.Message, StringComparison.Ordinal);
        Assert.Empty(Check(Sink with { Longest = Sink.Longest.SetItem("city", 20) }, narrow));
    }

    [Theory]
    [InlineData(3600, 0, "DateTime64(3, 'UTC')", "1 h ahead of the column of `cities`: 2026-01-01 12:00:00 is stored as 2026-01-01 11:00:00")]
    [InlineData(-18_030, 0, "DateTime", "5 h behind")] // The clocks are half a minute apart.
    [InlineData(0, 3600, "DateTime", null)] // Both in one zone.
    [InlineData(0, 3600, "DateTime('UTC')", "1 h ahead")]
    [InlineData(3600, 0, "DateTime('Europe/Berlin')", null)] // Not known here.
    [InlineData(400, 0, "DateTime", null)] // No zone is 7 minutes off: the clocks are.
    [InlineData(3600, 0, "Int64", null)]
    public void Times_are_read_in_the_zone_of_the_session(int wallClock, int node, string type, string? says)
    {
        var table = Cities with { Columns = [Cities.Columns[0], new("amount", MustBeGiven: false, IsInstant: true)] };
        var project = Project(Sink);
        project = project with { Pipelines = [project.Pipelines[0] with { Columns = [new("city", "String"), new("amount", type)] }] };
        var database = new DatabaseVitals("main", "ing-1", [table]) { Zone = SessionZone.Of(TimeSpan.FromSeconds(wallClock), TimeSpan.FromSeconds(node)) };

        var findings = PostgresTables.Check(project, [database]).ToList();

        if (says is null)
            Assert.Empty(findings);
        else
            Assert.Contains(says, Assert.Single(findings).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_database_that_does_not_answer_only_that_is_said()
    {
        var silent = new DatabaseVitals("main", "ing-1", [], "Connection refused\nIs the server running?");

        Assert.Empty(PostgresTables.Check(Project(Sink), [silent]));
        Assert.EndsWith("`cities` can take the rows: Connection refused Is the server running?", Assert.Single(UnaskedDatabases.Check(Project(Sink), [silent])).Message, StringComparison.Ordinal);
    }

    private static PostgresSink Sink { get; } = new()
    {
        Connection = "main", Table = "cities", Keys = ["city"], Update = [new UpdatedColumn("amount", UpdateRule.Max)],
        Longest = ImmutableSortedDictionary<string, int>.Empty.Add("city", 40),
    };

    private static List<Finding> Check(params PostgresTable[] tables) => Check(Sink, tables);

    private static List<Finding> Check(PostgresSink sink, params PostgresTable[] tables) =>
        [.. PostgresTables.Check(Project(sink), [new DatabaseVitals("main", "ing-1", [.. tables])])];

    private static Project Project(PostgresSink sink) => Projects.Project with
    {
        Fleet = Projects.Fleet with { Connections = [new Connection("main", "main", User: "millrace")] },
        Pipelines = [Projects.Pipeline with { Name = "cities", Columns = [new("city", "LowCardinality(String)"), new("amount", "Int64")], Into = sink }],
    };
}
