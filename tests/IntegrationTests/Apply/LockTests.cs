using System.Collections.Immutable;
using Millrace.ClickHouse.Http;
using Millrace.Core.Locking;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;
using Xunit;

namespace Millrace.IntegrationTests.Apply;

/// <summary>The lock in both of its homes: tables on plain storage nodes, and ZooKeeper.</summary>
public sealed class LockTests(KeeperFixture fixture) : IClassFixture<KeeperFixture>, IDisposable
{
    private static readonly LeaseTiming Quick = new(TimeSpan.FromSeconds(3));

    private readonly HttpNodeConnector connector = new();
    private readonly List<string> words = [];

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => connector.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_many_who_want_the_lock_exactly_one_gets_it(bool inKeeper)
    {
        var stores = await StoresAsync(inKeeper);
        for (var round = 0; round < 5; round++)
        {
            var tries = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => TryTakeAsync(stores, $"a{i}")));
            var lease = Assert.Single(tries.OfType<Lease>());
            await lease.CheckAsync(Cancel);
            await lease.DisposeAsync();
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_refusal_says_who_holds_the_lock_and_since_when(bool inKeeper)
    {
        var stores = await StoresAsync(inKeeper);
        await using var held = await TakeAsync(stores, "first");
        var refused = await Assert.ThrowsAsync<LockHeldException>(() => TakeAsync(stores, "second"));
        Assert.Contains($"ada@laptop (pid 7, `millrace apply first`)", refused.Message, StringComparison.Ordinal);
        Assert.Contains("--wait", refused.Message, StringComparison.Ordinal);
        Assert.Equal("first", (await new FleetLock(stores, Quick, TimeProvider.System).FindHolderAsync(Cancel))!.Apply);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_is_renewed_while_it_is_held_and_leaves_little_behind(bool inKeeper)
    {
        var stores = await StoresAsync(inKeeper);
        await using (var held = await TakeAsync(stores, "long"))
        {
            await Task.Delay(Quick.Duration * 1.5, Cancel);
            await Assert.ThrowsAsync<LockHeldException>(() => TakeAsync(stores, "other"));
            await held.EnterAsync(Cancel);
        }

        var view = await stores[0].ReadAsync(Cancel);
        Assert.True(view.State!.Released);
        Assert.Empty(view.Older);
        await (await TakeAsync(stores, "next")).DisposeAsync();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_waits_gets_the_lock_when_it_is_given_back(bool inKeeper)
    {
        var stores = await StoresAsync(inKeeper);
        var held = await TakeAsync(stores, "first");
        var waiting = TakeAsync(stores, "second", wait: TimeSpan.FromSeconds(20));
        await Task.Delay(700, Cancel);
        Assert.False(waiting.IsCompleted);
        await held.DisposeAsync();
        await (await waiting).DisposeAsync();
        Assert.Contains(words, word => word.Contains("waiting for ada@laptop", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_that_was_stolen_lets_no_statement_of_the_old_holder_start(bool inKeeper)
    {
        var stores = await StoresAsync(inKeeper);
        await using var old = await TakeAsync(stores, "old");
        await using var thief = await TakeAsync(stores, "thief", force: true);
        var lost = await Assert.ThrowsAsync<LeaseLostException>(() => old.CheckAsync(Cancel));
        Assert.Contains("taken over by ada@laptop (pid 7, `millrace apply thief`)", lost.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LeaseLostException>(() => old.EnterAsync(Cancel));
        Assert.True(old.Lost.IsCancellationRequested);
        await thief.CheckAsync(Cancel);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lock_is_given_back_even_when_a_renewal_that_was_given_up_came_through(bool inKeeper)
    {
        var store = (await StoresAsync(inKeeper))[0];
        var held = await TakeAsync([store], "held");
        var view = await store.ReadAsync(Cancel);
        await store.AddAsync(view.Generation + 1, view.State! with { Until = view.Now.AddHours(1) }, Cancel);
        await held.DisposeAsync();
        Assert.True((await store.ReadAsync(Cancel)).State!.Released);
    }

    [Fact]
    public async Task An_old_generation_that_finds_its_number_free_again_does_not_win()
    {
        var store = (await StoresAsync(inKeeper: false))[0];
        await using var held = await TakeAsync([store], "now");
        await Task.Delay(Quick.RenewEvery * 3, Cancel);
        var late = new LeaseState("late", "late", Holder("late"), DateTimeOffset.UnixEpoch, DateTimeOffset.UtcNow.AddHours(1));
        await store.AddAsync(1, late, Cancel);
        Assert.Equal("now", (await store.ReadAsync(Cancel)).State!.Apply);
        await held.CheckAsync(Cancel);
    }

    [Fact]
    public async Task The_lock_outlives_one_of_its_nodes_but_not_all()
    {
        var stores = await StoresAsync(inKeeper: false);
        await using var held = await TakeAsync(stores, "holder");
        await fixture.Cluster.KillAsync("data-1");
        await Task.Delay(Quick.Duration, Cancel);
        await held.EnterAsync(Cancel);
        await Assert.ThrowsAsync<LockHeldException>(() => TakeAsync(stores, "other"));
        await fixture.Cluster.KillAsync("data-2");
        await Task.Delay(Quick.StopAfter + Quick.RenewEvery, Cancel);
        await Assert.ThrowsAsync<LeaseLostException>(() => held.EnterAsync(Cancel));
        await fixture.Cluster.EnsureAsync(cancel: Cancel);
    }

    private static Holder Holder(string apply) => new("ada", "laptop", 7, "", $"millrace apply {apply}");

    private async Task<Lease?> TryTakeAsync(ImmutableArray<ILeaseStore> stores, string apply)
    {
        try
        {
            return await TakeAsync(stores, apply);
        }
        catch (LockHeldException)
        {
            return null;
        }
    }

    private Task<Lease> TakeAsync(ImmutableArray<ILeaseStore> stores, string apply, TimeSpan wait = default, bool force = false) =>
        new FleetLock(stores, Quick, TimeProvider.System).TakeAsync(new LockRequest(Holder(apply), apply, wait, force, words.Add), Cancel);

    private async Task<ImmutableArray<ILeaseStore>> StoresAsync(bool inKeeper)
    {
        var storage = StorageNodes.Declared(fixture.Cluster.Fleet, connector);
        var stores = await LeaseStores.ForApplyAsync(storage, inKeeper, Cancel);
        Assert.Equal(inKeeper, stores[0] is KeeperLeaseStore);
        return stores;
    }
}
