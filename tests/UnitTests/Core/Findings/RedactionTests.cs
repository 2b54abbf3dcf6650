using Millrace.Core.Findings;
using Millrace.Core.Model;
using Xunit;

namespace Millrace.UnitTests.Core.Findings;

public sealed class RedactionTests
{
    [Fact]
    public void A_resolved_value_is_shown_as_its_reference() =>
        Assert.Equal("cannot log in with ${env:PW}!", With("hunter2", "${env:PW}").Apply("cannot log in with hunter2!"));

    [Fact]
    public void A_short_value_is_replaced_only_as_a_word() =>
        Assert.Equal("shard ${env:N} of 12", With("1", "${env:N}").Apply("shard 1 of 12"));

    [Fact]
    public void The_longest_value_goes_first()
    {
        var redaction = new Redaction([(new Secret("hunter"), "A"), (new Secret("hunter2"), "B")]);
        Assert.Equal("B and A", redaction.Apply("hunter2 and hunter"));
    }

    [Fact]
    public void Every_text_of_a_finding_is_redacted()
    {
        var finding = new Finding("MR1", Severity.Error, "hunter2", Fix: "hunter2", Detail: "hunter2");
        var clean = With("hunter2", "x").Apply(finding);
        Assert.Equal(("x", "x", "x"), (clean.Message, clean.Fix, clean.Detail));
    }

    [Fact]
    public void Empty_values_replace_nothing() => Assert.Equal("abc", With("", "x").Apply("abc"));

    private static Redaction With(string value, string reference) => new([(new Secret(value), reference)]);
}
