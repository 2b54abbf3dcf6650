using Millrace.Core.Planning;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class EngineClausesTests
{
    [Fact]
    public void Clauses_are_told_apart()
    {
        var clauses = EngineClauses.Read(
            "MergeTree PARTITION BY toYYYYMM(t) ORDER BY (a, b) TTL t + toIntervalDay(30) SETTINGS index_granularity = 8192, storage_policy = 'a, b'");
        Assert.Equal("MergeTree PARTITION BY toYYYYMM(t) ORDER BY (a, b)", clauses.Head);
        Assert.Equal("t + toIntervalDay(30)", clauses.Ttl);
        Assert.Equal("'a, b'", clauses.Settings["storage_policy"]);
        Assert.Equal("8192", clauses.Settings["index_granularity"]);
    }

    [Fact]
    public void Words_inside_quotes_and_parentheses_are_no_clauses()
    {
        var clauses = EngineClauses.Read("MergeTree ORDER BY (` TTL `, f(' SETTINGS ')) SETTINGS x = 'it\\'s TTL '");
        Assert.Equal("MergeTree ORDER BY (` TTL `, f(' SETTINGS '))", clauses.Head);
        Assert.Equal("", clauses.Ttl);
        Assert.Equal("'it\\'s TTL '", clauses.Settings["x"]);
    }
}
