namespace Millrace.Bench.Chaos.Faults;

/// <summary>Nobody reaches the broker for a while: neither the producer nor the consumers.</summary>
internal sealed class CutBroker : IFault
{
    public string Name => "broker unreachable";

    public async Task StrikeAsync(ChaosFleet fleet, Random random, CancellationToken cancel)
    {
        fleet.Proxy.Cut();
        try
        {
            // Sometimes longer than the session timeout of 6 s, so that the group dissolves.
            await Task.Delay(random.Next(1000, 9000), cancel);
        }
        finally
        {
            fleet.Proxy.Restore();
        }
    }
}
