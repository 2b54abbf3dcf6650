using Xunit;

namespace Millrace.IntegrationTests;

public sealed class MissingLibraryTests : IDisposable
{
    private readonly TempFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_cluster_without_libchdb_says_which_node_and_why_and_leaves_nothing_running()
    {
        var up = await MillraceCli.RunWithAsync("MILLRACE_LIBCHDB", "/nowhere/libchdb.so", folder.Path, "dev", "up", "--storage", "1", "--ingestion", "0", "--query", "0");
        Assert.Equal(1, up.Exit);
        Assert.Contains("data-1: ", up.Errors, StringComparison.Ordinal);
        Assert.Contains("MILLRACE_LIBCHDB names /nowhere/libchdb.so, which does not exist", up.Errors, StringComparison.Ordinal);
        Assert.Equal(1, (await MillraceCli.RunAsync(folder.Path, "dev", "status")).Exit);
    }

    [Fact]
    public async Task A_broker_without_librdkafka_says_so()
    {
        var broker = await MillraceCli.RunWithAsync("MILLRACE_LIBRDKAFKA", "/nowhere/librdkafka.so.1", folder.Path, "broker");
        Assert.Equal(1, broker.Exit);
        Assert.Contains("MILLRACE_LIBRDKAFKA names /nowhere/librdkafka.so.1, which cannot be loaded", broker.Errors, StringComparison.Ordinal);
    }
}
