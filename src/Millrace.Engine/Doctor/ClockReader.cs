using Millrace.Core.Doctor;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Doctor;

/// <summary>Compares a node's clock with this machine's. The quickest of a few answers says it best.</summary>
internal static class ClockReader
{
    private const int Tries = 3;

    public static async Task<ClockReading> ReadAsync(INodeConnection node, TimeProvider time, CancellationToken cancel)
    {
        ClockReading? best = null;
        for (var i = 0; i < Tries; i++)
        {
            var (sent, from) = (time.GetUtcNow(), time.GetTimestamp());
            var answer = await node.QueryAsync("SELECT toUnixTimestamp64Milli(now64(3)) FORMAT JSONCompactEachRow", cancel: cancel);
            var half = time.GetElapsedTime(from) / 2;
            var reading = new ClockReading(Read(answer) - (sent + half), half);
            if (best is null || reading.Uncertainty < best.Uncertainty)
                best = reading;
        }

        return best!;
    }

    private static DateTimeOffset Read(byte[] answer)
    {
        var row = new RowReader(answer);
        row.NextRow();
        return DateTimeOffset.FromUnixTimeMilliseconds(row.Integer());
    }
}
