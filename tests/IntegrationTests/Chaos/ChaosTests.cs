using Millrace.Bench.Chaos;
using Millrace.Bench.Chaos.Faults;
using Xunit;

namespace Millrace.IntegrationTests.Chaos;

/// <summary>The bench in small: every kind of fault once. <c>./run bench chaos --rounds 50</c> is the long one.</summary>
[Trait("Kind", "Proof")]
public sealed class ChaosTests(ITestOutputHelper output) : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Every_kind_of_fault_under_load_loses_nothing_and_leaves_nothing_to_apply()
    {
        var options = new ChaosOptions { Rounds = FaultDeck.AllKinds().Length, Seed = 7, Rate = 300 };
        var outcome = await RunAsync(options, FaultDeck.AllKinds);
        Assert.True(outcome.Produced > 0);
        Assert.Equal(0, outcome.Lost);
        Assert.Equal(0, outcome.DuplicatesAfterFinal);
        Assert.True(outcome.PoisonSent > 0);
        Assert.Equal(outcome.PoisonSent, outcome.PoisonKept);
        Assert.Equal(0, outcome.ReplanSteps);
    }

    /// <summary>Without this, the test above could be blind.</summary>
    [Fact]
    public async Task With_background_inserts_the_same_fault_loses_rows_and_the_count_sees_it()
    {
        var options = new ChaosOptions { Rounds = 1, Seed = 7, Rate = 300, BackgroundInserts = true };
        var outcome = await RunAsync(options, () => [new WipedIngestionWithFullHands()]);
        Assert.True(outcome.Lost > 0, $"{outcome}");
    }

    private async Task<ChaosOutcome> RunAsync(ChaosOptions options, Func<IFault[]> kinds)
    {
        using var report = new StringWriter();
        try
        {
            return await ChaosRun.RunAsync(options, kinds, folder.Path, report, TestContext.Current.CancellationToken);
        }
        finally
        {
            output.WriteLine(report.ToString());
        }
    }
}
