using System.Text.Json.Nodes;

namespace Millrace.Bench.Chaos;

/// <summary>What a run found at its end, counted on the storage nodes.</summary>
/// <param name="Produced">Events that the broker acknowledged.</param>
/// <param name="LandedDistinct">Different ones among them that are on storage.</param>
/// <param name="DuplicatesAfterFinal">Rows that `FINAL` leaves of an event beyond its first.</param>
/// <param name="PoisonSent">Messages that are no event.</param>
/// <param name="PoisonKept">Different ones among them in the error table.</param>
/// <param name="RecoverySeconds">One per round: from the end of the fault until every partition reaches every shard again.</param>
/// <param name="ReplanSteps">What a plan still finds after the last apply.</param>
/// <param name="ServersAborted">Servers that ended although nobody killed them, and were started again.</param>
public sealed record ChaosOutcome(
    int Rounds,
    int Seed,
    long Produced,
    long LandedDistinct,
    long DuplicatesAfterFinal,
    long PoisonSent,
    long PoisonKept,
    IReadOnlyList<double> RecoverySeconds,
    int ReplanSteps,
    int ServersAborted)
{
    public long Lost => Produced - LandedDistinct;

    /// <param name="expectLoss">The run is the counter-proof, so it must have seen rows disappear.</param>
    public bool Holds(bool expectLoss) =>
        Produced > 0 && ReplanSteps == 0 && DuplicatesAfterFinal == 0
        && (expectLoss ? Lost > 0 : Lost == 0 && PoisonKept == PoisonSent);

    public JsonObject ToJson() => new()
    {
        ["rounds"] = Rounds,
        ["seed"] = Seed,
        ["produced"] = Produced,
        ["landed_distinct"] = LandedDistinct,
        ["lost"] = Lost,
        ["duplicates_after_final"] = DuplicatesAfterFinal,
        ["poison_sent"] = PoisonSent,
        ["poison_kept"] = PoisonKept,
        ["recovery_seconds"] = new JsonObject { ["p50"] = Quantile(0.5), ["max"] = Quantile(1) },
        ["replan_steps"] = ReplanSteps,
        ["servers_aborted"] = ServersAborted,
    };

    private double Quantile(double share)
    {
        var sorted = RecoverySeconds.Order().ToArray();
        return Math.Round(sorted[(int)Math.Ceiling(share * sorted.Length) - 1], 1);
    }
}
