using Millrace.Bench.Backfill;
using Xunit;

namespace Millrace.IntegrationTests.Backfill;

/// <summary>One fleet for the tests of a class.</summary>
public sealed class BackfillFixture : IAsyncLifetime
{
    private readonly TempFolder folder = new();

    public BackfillFleet Fleet { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Fleet = await BackfillFleet.UpAsync(new BackfillOptions { Rows = 60_000, Rate = 200, InProcess = true }, folder.Path, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        await Fleet.DisposeAsync();
        folder.Dispose();
    }
}
