using Millrace.Core.Planning;

namespace Millrace.Cli.Output;

/// <summary>Risks in people's words, spelled the same everywhere.</summary>
public static class RiskWords
{
    public static string Of(Risk risk) => risk switch
    {
        Risk.Safe => "safe",
        Risk.Pauses => "pauses",
        Risk.Rewrites => "rewrites data",
        Risk.Destroys => "destroys data",
        _ => throw new ArgumentOutOfRangeException(nameof(risk), risk, null),
    };

    public static Ink InkOf(Risk risk) => risk switch
    {
        Risk.Destroys => Ink.Red,
        Risk.Rewrites or Risk.Pauses => Ink.Yellow,
        _ => Ink.Green,
    };

    /// <summary>What a whole plan costs.</summary>
    public static string Sentence(Plan plan) => plan.WorstRisk switch
    {
        Risk.Destroys => "ROWS OR VALUES ARE DESTROYED: read the steps marked `destroys data`.",
        Risk.Rewrites => "Stored rows are rewritten, nothing is destroyed.",
        Risk.Pauses when plan.Steps.Any(step => step.Phase == Phase.StopLegs) =>
            "Streams stop where their Kafka table is dropped; nothing is rewritten, nothing is destroyed.",
        Risk.Pauses => "Streams pause for a moment; nothing is rewritten, nothing is destroyed.",
        _ => "Nothing is rewritten, nothing is destroyed.",
    };
}
