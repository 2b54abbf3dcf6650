using System.Collections.Immutable;
using System.Text.Json;
using Millrace.Core.Legs;
using Millrace.Core.Model;

namespace Millrace.Cli.Output;

/// <summary>Legs as JSON documents. Offsets and counts are messages, unknown is null.</summary>
public static class LegJson
{
    private static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static string Status(IReadOnlyList<LegProgress> legs) =>
        JsonSerializer.Serialize(new { Legs = legs.Select(Leg) }, Indented);

    public static string Parity(string pipeline, Leg old, Leg @new, LegParity parity) => JsonSerializer.Serialize(
        new
        {
            Pipeline = pipeline, From = old.Name, To = @new.Name, parity.Id, Events = new { parity.Old, parity.New, parity.Both },
            Missing = new { Old = parity.MissingOld, New = parity.MissingNew, parity.Examples },
        },
        Indented);

    public static string Cutover(string pipeline, Leg old, Leg @new, ImmutableArray<CutoverCheck> checks, bool dropped) => JsonSerializer.Serialize(
        new { Pipeline = pipeline, From = old.Name, To = @new.Name, Checks = checks, MayDrop = Core.Legs.Cutover.MayDrop(checks), Dropped = dropped }, Indented);

    private static object Leg(LegProgress leg) => new
    {
        leg.Pipeline,
        Leg = leg.Leg.Name,
        leg.Leg.Broker,
        leg.Now.ClusterId,
        leg.Leg.Topic,
        leg.Leg.Group,
        WrittenPerSecond = leg.Now.IsKnown ? leg.WrittenPerSecond : (double?)null,
        ReadPerSecond = leg.Now.IsKnown ? leg.ReadPerSecond : (double?)null,
        Lag = leg.Now.IsKnown ? leg.Now.Lag : (long?)null,
        leg.Consumers,
        leg.Assigned,
        LastError = leg.LastError.Length == 0 ? null : leg.LastError,
        Trouble = leg.Now.IsKnown ? null : leg.Now.Trouble,
        leg.Now.Partitions,
    };
}
