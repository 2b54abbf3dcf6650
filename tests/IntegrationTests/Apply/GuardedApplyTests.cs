using System.Text.Json;
using Millrace.Embedded;
using Xunit;

namespace Millrace.IntegrationTests.Apply;

/// <summary>The lock and the journal around <c>millrace apply</c>, with real processes.</summary>
public sealed class GuardedApplyTests : IAsyncLifetime
{
    private Streams? up;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private Streams Streams => up!;

    public async ValueTask InitializeAsync()
    {
        up = await Streams.UpAsync(Streams.Spec(storage: 2, ingestion: 1, "events"), Cancel);
        up.Declare("events");
    }

    public ValueTask DisposeAsync() => up!.DisposeAsync();

    [Fact]
    public async Task History_outlives_the_loss_of_a_storage_node()
    {
        var (applied, _, trouble) = await Streams.RunAsync("apply");
        Assert.True(applied == 0, trouble);
        var before = await HistoryAsync();
        await Streams.Cluster.KillAsync("data-1");
        Streams.Cluster.Wipe("data-1");

        var (exit, json, errors) = await Streams.RunAsync("history", "--json");

        Assert.Equal(0, exit);
        Assert.Equal(before.ToString(), JsonDocument.Parse(json).RootElement.ToString());
        Assert.Contains("data-1", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_stops_an_apply_before_it_changes_anything()
    {
        foreach (var node in (string[])["data-1", "data-2"])
        {
            await Streams.QueryAsync(node, "CREATE DATABASE millrace");
            await Streams.QueryAsync(node, "CREATE TABLE millrace.journal (x UInt8) ENGINE = Null");
        }

        var (exit, _, errors) = await Streams.RunAsync("apply");

        Assert.True(exit == 3, errors);
        Assert.Contains("the journal (millrace.journal) cannot be written", errors, StringComparison.Ordinal);
        Assert.Equal("0", await Streams.QueryAsync("events-1", "SELECT count() FROM system.databases WHERE name = 'demo'"));
    }

    [Fact]
    public async Task History_is_narrowed_by_node_object_and_time()
    {
        await Streams.RunAsync("apply");
        var all = (await HistoryAsync())[0].GetProperty("entries").GetArrayLength();
        var onNode = (await HistoryAsync("--node", "events-1"))[0].GetProperty("entries").EnumerateArray().ToList();
        var ofObject = (await HistoryAsync("--object", "sharded_events"))[0].GetProperty("entries").EnumerateArray().ToList();

        Assert.All(onNode, entry => Assert.Equal("events-1", entry.GetProperty("node").GetString()));
        Assert.InRange(onNode.Count, 1, all - 1);
        Assert.Equal(["data-1", "data-2"], ofObject.Select(entry => entry.GetProperty("node").GetString()!));
        Assert.Equal(0, (await HistoryAsync("--since", "2100-01-01")).GetArrayLength());
        Assert.Equal(1, (await HistoryAsync("--since", "1h")).GetArrayLength());
    }

    [Fact]
    public async Task A_frozen_apply_whose_lock_was_taken_changes_nothing_when_it_wakes_up()
    {
        using var frozen = CliRun.Start(Streams.Folder, "stop@1", "apply");
        while (!frozen.IsFrozen)
            await Task.Delay(50, Cancel);
        var running = (await HistoryAsync())[0].GetProperty("outcome").GetString();
        var refused = await Streams.RunAsync("apply");
        var thief = await Streams.RunAsync("apply", "--force-unlock");
        Streams.Declare("events", consumers: 2);
        var next = await Streams.RunAsync("apply", "--wait", "60s");
        UnixProcess.Resume(frozen.ProcessId);
        var (exit, _, errors) = await frozen.EndAsync();

        Assert.Equal("running", running);
        Assert.Equal(1, refused.Exit);
        Assert.Contains("another apply is at work", refused.Errors, StringComparison.Ordinal);
        Assert.True(thief.Exit == 0, thief.Errors);
        Assert.True(next.Exit == 0, next.Errors);
        Assert.Equal(3, exit);
        Assert.Contains("was taken over by", errors, StringComparison.Ordinal);
        var (left, plan, _) = await Streams.RunAsync("plan", "--detailed-exitcode");
        Assert.True(left == 0, plan);
        Assert.Equal(["done", "done", "interrupted"], (await HistoryAsync()).EnumerateArray().Select(a => a.GetProperty("outcome").GetString()!));
    }

    [Fact]
    public async Task What_a_killed_apply_left_running_on_a_server_is_waited_for()
    {
        var (killed, _, _) = await CliRun.RunAsync(Streams.Folder, "kill@3", "apply");
        Assert.Equal(128 + 9, killed);
        var apply = (await HistoryAsync())[0].GetProperty("id").GetString();
        // Stands for the statement that the killed apply was in the middle of: it makes what the plan is about to make.
        var late = Streams.QueryAsync(
            "events-1",
            $"CREATE TABLE demo.late ENGINE = Memory AS SELECT sleepEachRow(1) FROM numbers(6) SETTINGS max_block_size = 1, log_comment = 'millrace:{apply}'");
        await Task.Delay(500, Cancel);
        Assert.False(late.IsCompleted);

        var (exit, output, errors) = await Streams.RunAsync("apply");

        Assert.True(exit == 0, output + errors);
        Assert.True(late.IsCompleted, "the second apply did not wait");
        await late;
        Assert.Equal(["done", "interrupted"], (await HistoryAsync()).EnumerateArray().Select(a => a.GetProperty("outcome").GetString()!));
    }

    private async Task<JsonElement> HistoryAsync(params string[] arguments)
    {
        var (exit, json, errors) = await Streams.RunAsync(["history", "--json", .. arguments]);
        Assert.True(exit == 0, errors);
        return JsonDocument.Parse(json).RootElement;
    }
}
