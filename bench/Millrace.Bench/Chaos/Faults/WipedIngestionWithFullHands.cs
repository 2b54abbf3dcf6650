namespace Millrace.Bench.Chaos.Faults;

/// <summary>
/// An ingestion node dies blank at the worst moment: storage hangs, so the node holds rows that it could not hand over.
/// Those whose offsets it has committed by then are lost, which is what foreground inserts forbid.
/// </summary>
internal sealed class WipedIngestionWithFullHands : IFault
{
    public string Name => "the same while storage hangs";

    public async Task StrikeAsync(ChaosFleet fleet, Random random, CancellationToken cancel)
    {
        var node = fleet.Ingestion[random.Next(fleet.Ingestion.Length)];
        foreach (var storage in fleet.Storage)
            fleet.Cluster.Pause(storage);
        try
        {
            // Longer than a flush (0.5 s) and librdkafka's commit together, so that rows are read meanwhile.
            await Task.Delay(TimeSpan.FromMilliseconds(random.Next(3000, 5000)), cancel);
            await fleet.Servers.KillAsync(node);
            fleet.Cluster.Wipe(node);
        }
        finally
        {
            foreach (var storage in fleet.Storage)
                fleet.Cluster.Resume(storage);
        }

        await fleet.Servers.StartAsync(node, cancel);
    }
}
