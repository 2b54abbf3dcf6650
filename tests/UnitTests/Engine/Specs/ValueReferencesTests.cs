using Millrace.Engine.Specs;
using Xunit;

namespace Millrace.UnitTests.Engine.Specs;

public sealed class ValueReferencesTests
{
    [Theory]
    [InlineData("${env:A}", "one")]
    [InlineData("x-${env:A}-${env:B}", "x-one-two")]
    [InlineData("$${env:A}", "${env:A}")]
    [InlineData("$5", "$5")]
    [InlineData("${file:secret.txt}", "from a file")]
    public void References_are_filled_in(string written, string value) => Assert.Equal(value, Password(written).Value);

    [Theory]
    [InlineData("${env:MISSING}", "MR020")]
    [InlineData("${file:missing.txt}", "MR020")]
    [InlineData("${file:}", "MR020")]
    [InlineData("${A}", "MR021")]
    [InlineData("${vault:a/b}", "MR021")]
    public void What_cannot_be_filled_in_is_a_finding(string written, string code) => Assert.Equal(code, Password(written).Code);

    private static (string? Value, string? Code) Password(string written)
    {
        using var folder = Sample.Clickstream()
            .With("secret.txt", "from a file\n")
            .With("fleet.yaml", Sample.Fleet.Replace("${env:CLICKHOUSE_PASSWORD}", written, StringComparison.Ordinal));
        var result = ProjectLoader.Load(folder.Path, new LoadOptions { Environment = name => name switch { "A" => "one", "B" => "two", _ => null } });
        return (result.Project?.Fleet.Connect.Password.Reveal(), result.Findings.FirstOrDefault()?.Code);
    }
}
