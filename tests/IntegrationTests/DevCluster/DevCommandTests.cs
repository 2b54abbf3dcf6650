using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Millrace.DevCluster;
using Millrace.Embedded;
using Xunit;

namespace Millrace.IntegrationTests.DevCluster;

public sealed class DevCommandTests : IAsyncLifetime
{
    private static readonly string[] Small = ["--storage", "1", "--ingestion", "1", "--query", "0", "--topic", "events:2"];

    private readonly TempFolder folder = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        await RunAsync("down");
        folder.Dispose();
    }

    [Fact]
    public async Task A_second_up_finds_the_first_and_starts_what_is_missing()
    {
        var first = await MillraceCli.RunThroughAsync("nohup", folder.Path, ["dev", "up", .. Small]);
        Assert.True(first.Exit == 0, first.Errors);
        Assert.Contains("Next:  millrace plan", first.Output, StringComparison.Ordinal);
        var before = await PidsAsync();

        UnixProcess.Kill(before["events-1"]);
        await WaitAsync(() => !IsAlive(before["events-1"]));
        var second = await RunAsync("up");
        Assert.Equal(0, second.Exit);
        Assert.Contains("It was running.", second.Output, StringComparison.Ordinal);
        var after = await PidsAsync();
        Assert.Equal(before["data-1"], after["data-1"]);
        Assert.Equal(before["msk"], after["msk"]);
        Assert.NotEqual(before["events-1"], after["events-1"]);
    }

    [Fact]
    public async Task A_broker_that_was_restarted_is_made_known_to_every_node()
    {
        await UpAsync();
        var before = await PidsAsync();
        UnixProcess.Kill(before["msk"]);
        await WaitAsync(() => !IsAlive(before["msk"]));
        Assert.Equal(0, (await RunAsync("up")).Exit);

        var bootstrap = (await StatusAsync()).GetProperty("brokers")[0].GetProperty("bootstrap").GetString()!;
        Assert.Contains($"bootstrap: {bootstrap} ", await File.ReadAllTextAsync(folder.File("fleet.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var after = await PidsAsync();
        foreach (var node in new[] { "data-1", "events-1" })
        {
            var config = await File.ReadAllTextAsync(folder.File($".millrace/dev/nodes/{node}/config.xml"), TestContext.Current.CancellationToken);
            Assert.Contains($"<kafka_broker_list>{bootstrap}<", config, StringComparison.Ordinal);
            Assert.NotEqual(before[node], after[node]);
        }
    }

    [Fact]
    public async Task A_cluster_of_another_shape_is_not_silently_accepted()
    {
        await UpAsync();
        var other = await RunAsync("up", "--storage", "2");
        Assert.Equal(1, other.Exit);
        Assert.Contains("another shape", other.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_death_of_the_supervisor_stops_everything()
    {
        await UpAsync();
        var pids = await PidsAsync();
        UnixProcess.Kill(new SupervisorClient(folder.File(".millrace")).State!.Supervisor);
        await WaitAsync(() => pids.Values.All(p => !IsAlive(p)));
        Assert.Equal(1, (await RunAsync("status")).Exit);
        Assert.Equal(0, (await RunAsync("up")).Exit);
        Assert.Equal(["data-1", "events-1", "msk"], (await PidsAsync()).Keys.Order());
    }

    [Fact]
    public async Task Interrupting_up_leaves_nothing_behind()
    {
        var client = new SupervisorClient(folder.File(".millrace"));
        // On a busy machine the interrupt can come after the end: then there was nothing to interrupt, and we try again.
        while (await InterruptUpAsync(client) == 0)
            await RunAsync("down");
        Assert.False(client.IsRunning);
    }

    /// <summary>Starts a cluster, interrupts that once the broker is there, and returns the exit code.</summary>
    private async Task<int> InterruptUpAsync(SupervisorClient client)
    {
        using var up = MillraceCli.Start(folder.Path, ["dev", "up", .. Small]);
        await WaitAsync(() => client.State?.Brokers is [{ ProcessId: not null }]);
        Process.Start("kill", ["-INT", $"{up.Id}"]).WaitForExit();
        await up.WaitForExitAsync(TestContext.Current.CancellationToken);
        return up.ExitCode;
    }

    [Fact]
    public async Task Down_stops_everything_and_may_be_repeated()
    {
        await UpAsync();
        var pids = await PidsAsync();
        Assert.Equal("Stopped.\n", (await RunAsync("down")).Output);
        Assert.DoesNotContain(pids.Values, IsAlive);
        var again = await RunAsync("down");
        Assert.Equal((0, "Nothing was running.\n"), (again.Exit, again.Output));
    }

    [Fact]
    public async Task Rows_and_ports_outlive_a_restart()
    {
        await UpAsync();
        var node = (await StatusAsync()).GetProperty("nodes")[0].GetProperty("http").GetString()!;
        await new Uri(node).AskAsync("CREATE TABLE kept ENGINE = MergeTree ORDER BY () AS SELECT 42 AS x");
        await RunAsync("down");
        await RunAsync("up");
        Assert.Equal("42", await new Uri(node).AskAsync("SELECT x FROM kept"));
    }

    [Fact]
    public async Task A_port_taken_by_another_process_is_named_with_the_way_out()
    {
        await UpAsync();
        var http = (await StatusAsync()).GetProperty("nodes")[0].GetProperty("http").GetString()!;
        await RunAsync("down");
        using var other = new TcpListener(IPAddress.Loopback, new Uri(http).Port);
        other.Start();

        var failed = await RunAsync("up");
        Assert.Equal(1, failed.Exit);
        Assert.Contains($"{new Uri(http).Port} (HTTP) on 127.0.0.1 is taken", failed.Errors, StringComparison.Ordinal);
        Assert.Contains("--new-ports", failed.Errors, StringComparison.Ordinal);
        Assert.Equal(0, (await RunAsync("up", "--new-ports")).Exit);
    }

    [Fact]
    public async Task A_fleet_file_of_the_users_own_is_left_alone()
    {
        folder.Write("fleet.yaml", "# mine\n");
        var up = await UpAsync();
        Assert.Contains("fleet.dev.yaml", up.Output, StringComparison.Ordinal);
        Assert.Equal("# mine\n", await File.ReadAllTextAsync(folder.File("fleet.yaml"), TestContext.Current.CancellationToken));
        Assert.StartsWith("# Generated by millrace dev up", await File.ReadAllTextAsync(folder.File("fleet.dev.yaml"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments) =>
        MillraceCli.RunAsync(folder.Path, ["dev", .. arguments]);

    private async Task<(int Exit, string Output, string Errors)> UpAsync()
    {
        var up = await RunAsync(["up", .. Small]);
        Assert.True(up.Exit == 0, up.Errors);
        return up;
    }

    private async Task<JsonElement> StatusAsync() =>
        JsonDocument.Parse((await RunAsync("status", "--json")).Output).RootElement;

    private async Task<Dictionary<string, int>> PidsAsync()
    {
        var status = await StatusAsync();
        return status.GetProperty("nodes").EnumerateArray().Concat(status.GetProperty("brokers").EnumerateArray())
            .ToDictionary(n => n.GetProperty("name").GetString()!, n => n.GetProperty("pid").GetInt32());
    }

    private static bool IsAlive(int process) =>
        File.Exists($"/proc/{process}/stat") && !File.ReadAllText($"/proc/{process}/stat").Contains(") Z ", StringComparison.Ordinal);

    private static Task WaitAsync(Func<bool> condition) => Patience.UntilAsync(condition, () => "it did not happen");
}
