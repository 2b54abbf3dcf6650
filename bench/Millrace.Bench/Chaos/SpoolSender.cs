using Millrace.Engine.Nodes;

namespace Millrace.Bench.Chaos;

/// <summary>
/// Sends what background inserts leave on the ingestion nodes' disks. A server has threads for that; the embedded build has
/// none, and without them every row would be lost, which would prove nothing.
/// </summary>
internal static class SpoolSender
{
    /// <summary>The server's own pace (<c>distributed_background_insert_sleep_time_ms</c>).</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(100);

    /// <summary>Sends until it is cancelled, which is its normal end.</summary>
    public static Task RunAsync(ChaosFleet fleet, CancellationToken stop) =>
        Task.WhenAll(fleet.Ingestion.Select(node => KeepSendingAsync(fleet, node, stop)));

    private static async Task KeepSendingAsync(ChaosFleet fleet, string node, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await fleet.ExecuteAsync(node, $"SYSTEM FLUSH DISTRIBUTED {ChaosProject.WritableTable}", CancellationToken.None);
            }
            catch (Exception error) when (error is NodeUnreachableException or ServerErrorException)
            {
                // The node is dead or blank, or storage hangs: the next round tries again, as the server does.
            }

            await Task.Delay(Pace, CancellationToken.None);
        }
    }
}
