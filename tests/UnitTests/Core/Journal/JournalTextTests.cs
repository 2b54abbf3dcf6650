using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Journal;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Journal;

public sealed class JournalTextTests
{
    private static readonly JournalText Text = new(new Redaction([(new Secret("hush-hush"), "${env:PASSWORD}")]));

    [Theory]
    [InlineData("CREATE USER u IDENTIFIED BY 'a\\'b'", "CREATE USER u IDENTIFIED BY '[hidden]'")]
    [InlineData("IDENTIFIED WITH sha256_password BY 'x'", "IDENTIFIED WITH sha256_password BY '[hidden]'")]
    [InlineData("SOURCE(CLICKHOUSE(TABLE 't' PASSWORD 'x'))", "SOURCE(CLICKHOUSE(TABLE 't' PASSWORD '[hidden]'))")]
    [InlineData("SETTINGS kafka_sasl_password = 'x', kafka_format = 'JSONEachRow'", "SETTINGS kafka_sasl_password = '[hidden]', kafka_format = 'JSONEachRow'")]
    [InlineData("url('https://h/?t=hush-hush')", "url('https://h/?t=${env:PASSWORD}')")]
    [InlineData("SELECT 'plain'", "SELECT 'plain'")]
    public void Secrets_are_taken_out_of_statements(string statement, string written) => Assert.Equal(written, Text.Clean(statement));

    [Fact]
    public void Where_the_server_hides_something_its_text_stands_for_the_statement()
    {
        var shape = new ObjectShape
        {
            Name = new ObjectName("d", "t"), Engine = "PostgreSQL", CreateQuery = "CREATE TABLE d.t ENGINE = PostgreSQL('h', 'd', 't', 'u', '[HIDDEN]')",
        };
        var step = Step("CREATE TABLE d.t ENGINE = PostgreSQL('h', 'd', 't', 'u', 'open sesame')", shape);

        Assert.Equal(shape.CreateQuery, Text.Statements(step));
        Assert.Equal("CREATE 1", Text.Statements(Step("CREATE 1", shape with { CreateQuery = "CREATE 2" })));
    }

    private static Step Step(string statement, ObjectShape shape) => new()
    {
        Action = StepAction.Create,
        Object = shape.Name,
        Owner = "schema",
        Role = "data",
        Phase = Phase.ExpandStorage,
        Risk = Risk.Safe,
        Reason = "missing",
        Statements = [statement],
        Nodes = ["data-1"],
        Before = ImmutableArray<Expectation>.Empty,
        Expect = [new Expectation(shape.Name, shape)],
    };
}
