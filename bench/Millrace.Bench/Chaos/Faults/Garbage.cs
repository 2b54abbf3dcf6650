using System.Text;

namespace Millrace.Bench.Chaos.Faults;

/// <summary>Messages that are no event: truncated, of a wrong type, not JSON, not even text.</summary>
internal sealed class Garbage : IFault
{
    public string Name => "garbage messages";

    public Task StrikeAsync(ChaosFleet fleet, Random random, CancellationToken cancel)
    {
        for (var left = random.Next(5, 40); left > 0; left--)
        {
            var number = fleet.Load.PoisonSent; // No two alike, so that they can be counted.
            fleet.Load.SendPoison(Message(random, number), random.Next(ChaosProject.Partitions));
        }

        return Task.CompletedTask;
    }

    private static byte[] Message(Random random, long number) => random.Next(4) switch
    {
        0 => Encoding.UTF8.GetBytes($"{{\"id\":{number},\"body\":\"cut o"),
        1 => Encoding.UTF8.GetBytes($"{{\"id\":\"no number {number}\",\"body\":\"\"}}"),
        2 => Encoding.UTF8.GetBytes($"no JSON {number} '`\"\\ 😀"),
        _ => [0xFF, 0x00, 0xFE, .. BitConverter.GetBytes(number)],
    };
}
