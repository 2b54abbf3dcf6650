using Millrace.Core.Sql;
using Xunit;

namespace Millrace.UnitTests.Core.Sql;

public sealed class QuoteTests
{
    [Theory]
    [InlineData("events", "events")]
    [InlineData("1st", "`1st`")]
    [InlineData("a`b", "`a\\`b`")]
    [InlineData("naïve", "`naïve`")]
    [InlineData("", "``")]
    [InlineData("order", "`order`")]
    public void Names_are_quoted_only_when_needed(string name, string sql) => Assert.Equal(sql, Quote.Name(name));

    [Theory]
    [InlineData("it's", "'it\\'s'")]
    [InlineData("back\\slash", "'back\\\\slash'")]
    [InlineData("line\nbreak", "'line\\nbreak'")]
    public void Text_cannot_leave_its_literal(string value, string sql) => Assert.Equal(sql, Quote.Text(value));
}
