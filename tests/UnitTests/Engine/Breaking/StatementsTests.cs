using Millrace.Engine.Breaking;
using Xunit;

namespace Millrace.UnitTests.Engine.Breaking;

public sealed class StatementsTests
{
    [Fact]
    public void Semicolons_in_quotes_and_comments_end_nothing()
    {
        var read = Statements.Read("SELECT 'a;b', `c;d` -- e;f\n; /* g;h */ SELECT 2", "x.sql");
        Assert.Equal(["SELECT 'a;b', `c;d` -- e;f", "SELECT 2"], read.Select(statement => statement.Sql));
    }

    [Fact]
    public void Statements_know_their_line_and_column()
    {
        var read = Statements.Read("-- first\nSELECT 1;\n\n  SELECT 2;", "x.sql");
        Assert.Equal(["x.sql:2:1", "x.sql:4:3"], read.Select(statement => statement.At.ToString()));
    }

    [Fact]
    public void Lines_that_begin_a_statement_are_seen_outside_quotes_and_comments()
    {
        const string sql = "CREATE TABLE a (x String DEFAULT '\nDROP x')\n-- DROP a\n  CREATE TABLE b";
        Assert.Equal([sql.LastIndexOf("CREATE", StringComparison.Ordinal)], Statements.StartsWithin(sql));
    }

    [Fact]
    public void A_header_says_for_which_roles_the_statements_after_it_are()
    {
        var read = Statements.Read("SELECT 0;\n-- role: data, query\nSELECT 1;", "x.sql");
        Assert.Empty(read[0].Roles);
        Assert.Equal(["data", "query"], read[1].Roles);
    }

    [Fact]
    public void On_cluster_is_taken_out_where_it_is_no_text() =>
        Assert.Equal(
            "ALTER TABLE a.b ADD COLUMN c String DEFAULT 'ON CLUSTER x'",
            Statements.WithoutOnCluster("ALTER TABLE a.b ON CLUSTER '{cluster}' ADD COLUMN c String DEFAULT 'ON CLUSTER x'"));

    [Fact]
    public void A_clause_is_replaced_with_all_that_its_parentheses_hold() =>
        Assert.Equal(
            "CREATE DICTIONARY d (`SOURCE(x)` String) SOURCE(NULL()) LAYOUT(FLAT())",
            Statements.WithClause("CREATE DICTIONARY d (`SOURCE(x)` String) SOURCE(HTTP(URL 'http://x/)' FORMAT 'CSV')) LAYOUT(FLAT())", "SOURCE", "NULL()"));

    [Theory]
    [InlineData("  create\n  user x", "CREATE USER")]
    [InlineData("GRANT SELECT ON x TO y", "GRANT SELECT")]
    [InlineData("SET x = 1", "SET X")]
    public void The_words_at_the_beginning_say_what_it_is(string sql, string head) => Assert.Equal(head, Statements.Head(sql));

    [Fact]
    public void The_names_at_the_beginning_stand_before_the_columns() =>
        Assert.Equal(["CREATE", "TABLE", "db", "odd name", "odd", "name", "ON"], Statements.NamesInHead("CREATE TABLE db.`odd name` ON (a Int8)"));
}
