using System.Collections.Immutable;
using System.Globalization;

namespace Millrace.Core.Legs;

/// <summary>
/// Decides whether a pipeline's old leg may go. The conditions have an order: each is worth nothing without those before
/// it, so the first that does not hold ends the walk.
/// </summary>
public static class Cutover
{
    /// <param name="parity">Null when the user does without it, or when a condition before it does not hold anyway.</param>
    public static ImmutableArray<CutoverCheck> Walk(LegProgress old, LegProgress @new, LegParity? parity)
    {
        Func<CutoverCheck>[] conditions =
        [
            () => BrokersDiffer(old, @new),
            () => NewConsumes(@new),
            () => Parity(old, @new, parity),
            () => ProducersSilent(old),
            () => NothingLeft(old),
        ];
        var checks = ImmutableArray.CreateBuilder<CutoverCheck>();
        var refused = false;
        foreach (var condition in conditions)
        {
            var check = condition();
            checks.Add(refused ? check with { Holds = null, Evidence = "", Advice = "" } : check);
            refused |= check.Holds == false;
        }

        return checks.ToImmutable();
    }

    /// <summary>True when the legs are ready for their events to be compared.</summary>
    public static bool MayCompare(LegProgress old, LegProgress @new) =>
        BrokersDiffer(old, @new).Holds == true && NewConsumes(@new).Holds == true;

    public static bool MayDrop(ImmutableArray<CutoverCheck> checks) => checks.All(check => check.Holds == true);

    /// <summary>Two names of one broker would let the new leg read what the old one still has to.</summary>
    private static CutoverCheck BrokersDiffer(LegProgress old, LegProgress @new)
    {
        const string What = "the brokers differ";
        foreach (var leg in new[] { old, @new })
            if (!leg.Now.IsKnown)
                return new(What, false, $"{leg.Leg.Name}: {leg.Now.Trouble}", $"make broker `{leg.Leg.Broker}` answer from here: its `bootstrap` in fleet.yaml");
        var (before, after) = (old.Now.ClusterId, @new.Now.ClusterId);
        if (before is null || after is null)
            return new(What, false, $"{(before is null ? old : @new).Leg.Broker} does not tell its cluster id", "brokers tell it since Kafka 0.10.1; without it nothing proves that they are two");
        return before == after
            ? new(What, false, $"both are cluster {before}", "the two names lead to one broker: correct `bootstrap` and the named collections, or it is no migration")
            : new(What, true, $"{old.Leg.Name} is cluster {before}, {@new.Leg.Name} is {after}");
    }

    private static CutoverCheck NewConsumes(LegProgress @new)
    {
        const string What = "the new leg consumes";
        var name = @new.Leg.Name;
        if (@new.Assigned == 0)
            return new(What, false, $"no consumer of {name} holds a partition", "`millrace apply` makes its tables; `millrace status` and `millrace doctor` say what keeps it from reading");
        if (@new.LastError.Length > 0)
            return new(What, false, $"a consumer of {name} fails: {@new.LastError}", "`millrace doctor`");
        var used = @new.Now.Partitions.Where(partition => partition.IsUsed).ToList();
        if (used.Count == 0)
            return new(What, false, $"nothing was ever written to topic {@new.Leg.Topic} there", "let producers write to the new broker first");
        var unread = used.Where(partition => partition.Committed is null).ToList();
        if (unread.Count > 0)
            return new(What, false, $"{unread.Count} of {used.Count} partitions with messages were never committed", "wait a flush interval; then `millrace leg status`");
        return @new.Now.Lag > 0 && @new.Now.Read == @new.Before.Read
            ? new(What, false, $"{Count(@new.Now.Lag)} messages wait and none was stored in {@new.Interval.TotalSeconds:0} s", "wait a flush interval; then `millrace leg status`")
            : new(What, true, $"{@new.Assigned} consumer{(@new.Assigned == 1 ? "" : "s")}, {Count(@new.Now.Read)} messages stored, {Count(@new.Now.Lag)} to go");
    }

    private static CutoverCheck Parity(LegProgress old, LegProgress @new, LegParity? parity)
    {
        const string What = "both legs' events are in the data table";
        if (parity is null)
            return new(What, true, "not compared, as asked");
        if (!parity.IsKnown)
            return new(What, false, parity.Trouble, "--id names the column; --without-parity goes on without the comparison");
        var seen = $"by {parity.Id}: {Count(parity.Old)} of {old.Leg.Name} and {Count(parity.New)} of {@new.Leg.Name}, {Count(parity.Both)} in both";
        return parity.NothingMissing
            ? new(What, true, $"{seen}, none missing")
            : new(What, false, $"{seen}; missing {Count(parity.MissingOld)} of {old.Leg.Name} and {Count(parity.MissingNew)} of {@new.Leg.Name}: {string.Join(", ", parity.Examples)}", "look for them in the errors table, and whether the pipeline's `where` leaves them out");
    }

    private static CutoverCheck ProducersSilent(LegProgress old)
    {
        var written = old.Now.Written - old.Before.Written;
        var seconds = old.Interval.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return written == 0
            ? new("no producer writes to the old broker", true, $"nothing new in {seconds} s")
            : new("no producer writes to the old broker", false, $"{Count(written)} messages in {seconds} s on {old.Leg.Name}", "move the remaining producers, then run this again");
    }

    private static CutoverCheck NothingLeft(LegProgress old)
    {
        const string What = "the old leg has read everything";
        if (!old.Now.IsKnown)
            return new(What, false, old.Now.Trouble);
        return old.Now.Lag == 0
            ? new(What, true, $"lag 0, {Count(old.Now.Read)} messages stored")
            : new(What, false, $"{Count(old.Now.Lag)} messages to go on {old.Leg.Name}", "wait for lag 0: `millrace leg status`");
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
