namespace Millrace.Bench.Chaos.Faults;

/// <summary>The watch is killed while it brings a blank node back, and started again.</summary>
internal sealed class KilledWatch : IFault
{
    public string Name => "watch killed while it heals a node";

    public async Task StrikeAsync(ChaosFleet fleet, Random random, CancellationToken cancel)
    {
        await fleet.ReplaceAsync(fleet.Ingestion[random.Next(fleet.Ingestion.Length)], cancel);
        await Task.Delay(random.Next(0, 1500), cancel);
        await fleet.KillWatchAsync();
        await Task.Delay(random.Next(0, 3000), cancel);
        fleet.RestartWatch();
    }
}
