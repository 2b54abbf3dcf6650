using Millrace.Core.Locking;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Locking;

/// <summary>Reads what a lease store answers: its clock in milliseconds, and pairs of generation and state.</summary>
internal static class LeaseRows
{
    public static LeaseView Parse(byte[] answer, string place)
    {
        var row = new RowReader(answer);
        row.NextRow();
        var now = DateTimeOffset.FromUnixTimeMilliseconds(row.Integer());
        var stored = new List<(long, string)>();
        row.OpenArray();
        while (row.NextItem())
        {
            stored.Add((row.Integer(), row.Text()));
            row.CloseArray();
        }

        try
        {
            return LeaseView.Of(now, stored);
        }
        catch (FormatException error)
        {
            throw new UserErrorException(
                $"the lock on {place} holds something that Millrace did not write: {error.Message}. Look at the tables millrace.lock* there and drop what does not belong.");
        }
    }
}
