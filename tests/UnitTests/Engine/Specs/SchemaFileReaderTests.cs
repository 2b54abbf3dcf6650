using Millrace.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests.Engine.Specs;

public sealed class SchemaFileReaderTests
{
    [Fact]
    public void Statements_belong_to_the_header_above_them()
    {
        var findings = new FindingList("schema/a.sql");
        var statements = SchemaFileReader.Read(
            """
            -- What everybody reads.
            -- role: data, query
            CREATE VIEW a AS
              SELECT 'x;y' AS text, -- not; an end
              2;

            -- role: events
            -- Only a comment;
            CREATE VIEW b AS SELECT 1;
            CREATE VIEW c AS SELECT 2  ;
            """,
            findings);
        Assert.Empty(findings.All());
        Assert.Equal(["data,query", "events", "events"], statements.Select(s => string.Join(',', s.Roles)));
        Assert.Equal("CREATE VIEW a AS\n  SELECT 'x;y' AS text, -- not; an end\n  2", statements[0].Sql);
        Assert.Equal("schema/a.sql:9:1", statements[1].At.ToString());
        Assert.Equal("CREATE VIEW c AS SELECT 2", statements[2].Sql);
    }

    [Fact]
    public void A_statement_that_a_header_cuts_off_has_no_end()
    {
        var findings = new FindingList("schema/a.sql");
        Assert.Empty(SchemaFileReader.Read("-- role: data\nCREATE VIEW a AS\n-- role: query\n", findings));
        Assert.Equal("MR031", Assert.Single(findings.All()).Code);
    }
}
