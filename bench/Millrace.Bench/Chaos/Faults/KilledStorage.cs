namespace Millrace.Bench.Chaos.Faults;

/// <summary>A storage node is killed and comes back with its disk.</summary>
internal sealed class KilledStorage : IFault
{
    public string Name => "storage node killed";

    public async Task StrikeAsync(ChaosFleet fleet, Random random, CancellationToken cancel)
    {
        var node = fleet.Storage[random.Next(fleet.Storage.Length)];
        await fleet.Servers.KillAsync(node);
        await Task.Delay(random.Next(500, 4000), cancel);
        await fleet.Servers.StartAsync(node, cancel);
    }
}
