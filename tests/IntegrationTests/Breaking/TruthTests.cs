using Millrace.Testing.Truth;
using Millrace.UnitTests;
using Xunit;

namespace Millrace.IntegrationTests.Breaking;

/// <summary>Every file of <c>tests/truth</c>: a change that damages data on a real engine, and twins of it that do not.</summary>
public sealed class TruthTests(TruthFixture fixture) : IClassFixture<TruthFixture>
{
    public static TheoryData<string> Names => [.. TruthFixture.Cases.Select(item => item.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task The_damage_is_real_and_named_and_its_harmless_twin_is_not(string name)
    {
        var item = TruthFixture.Cases.Single(known => known.Name == name);
        var shown = await fixture.Lab.ShowAsync(item, TestContext.Current.CancellationToken);
        Expected.Matches(item.File, $"{item.Written}\n{TruthCase.ShownMark}\n{shown}");
        // What the engine refuses does no damage; it is the refusal that has to be known beforehand.
        Assert.True(shown.ShowDamage || item.Codes is ["MR300"], $"the statements of {name} show no damage");

        var outcome = await fixture.Lab.JudgeAsync(item, TestContext.Current.CancellationToken);
        Assert.Empty(outcome.Broken);
        Assert.Empty(outcome.Missed);
        Assert.Empty(outcome.FalseAlarms);
        Assert.All(outcome.Findings, finding => Assert.NotNull(finding.At));
    }
}
