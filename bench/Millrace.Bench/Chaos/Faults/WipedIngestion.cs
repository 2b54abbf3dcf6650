namespace Millrace.Bench.Chaos.Faults;

/// <summary>An ingestion node is killed and comes back blank.</summary>
internal sealed class WipedIngestion : IFault
{
    public string Name => "ingestion node killed, disk wiped";

    public Task StrikeAsync(ChaosFleet fleet, Random random, CancellationToken cancel) =>
        fleet.ReplaceAsync(fleet.Ingestion[random.Next(fleet.Ingestion.Length)], cancel);
}
