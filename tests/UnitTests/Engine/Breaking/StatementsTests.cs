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
}
