using Millrace.ClickHouse.Http;
using Millrace.DevCluster.Lab;
using Millrace.Engine.Lab;
using Xunit;

namespace Millrace.IntegrationTests.DevCluster;

public sealed class ForgottenLabTests
{
    [Fact]
    public async Task What_a_killed_process_left_in_memory_is_gone_when_the_next_lab_starts_and_what_runs_is_not()
    {
        var forgotten = Folder(age: TimeSpan.FromHours(1));
        var young = Folder(age: TimeSpan.Zero);
        try
        {
            using var connector = new HttpNodeConnector();
            await using var lab = await new EmbeddedLabHost(connector).StartAsync(new LabConfig([], []), TestContext.Current.CancellationToken);
            Assert.False(Directory.Exists(forgotten));
            Assert.True(Directory.Exists(young));
        }
        finally
        {
            Directory.Delete(young, recursive: true);
        }
    }

    private static string Folder(TimeSpan age)
    {
        var folder = Directory.CreateDirectory(Path.Combine("/dev/shm", "millrace-lab-" + Path.GetRandomFileName())).FullName;
        var data = Directory.CreateDirectory(Path.Combine(folder, "data")).FullName;
        foreach (var path in (string[])[data, folder])
            Directory.SetLastWriteTimeUtc(path, DateTime.UtcNow - age);
        return folder;
    }
}
