using Millrace.Core.Findings;
using Xunit;

namespace Millrace.UnitTests.Core.Findings;

public sealed class AllowancesTests
{
    private static readonly Finding Wraps = Finding.Error("MR301", "wraps") with { Subject = "shop.totals" };

    private static readonly Allowance Allowed = new("MR301", "totals", "small numbers only", new DateOnly(2027, 1, 31));

    [Fact]
    public void What_is_allowed_is_a_note_until_its_last_day()
    {
        var found = Assert.Single(Allowances.Apply([Allowed], [Wraps], new DateOnly(2027, 1, 31)));
        Assert.Equal(Severity.Info, found.Severity);
        Assert.Contains("small numbers only", found.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_allowed_counts_again_afterwards() =>
        Assert.Equal(Severity.Error, Assert.Single(Allowances.Apply([Allowed], [Wraps], new DateOnly(2027, 2, 1))).Severity);

    [Fact]
    public void Another_object_or_code_is_not_covered()
    {
        Assert.Equal(Severity.Error, Assert.Single(Allowances.Apply([Allowed with { Object = "tot" }], [Wraps], new DateOnly(2026, 1, 1))).Severity);
        Assert.Equal(Severity.Error, Assert.Single(Allowances.Apply([Allowed with { Code = "MR302" }], [Wraps], new DateOnly(2026, 1, 1))).Severity);
    }
}
