using System.Globalization;
using Millrace.Engine;

namespace Millrace.Bench.Chaos;

/// <summary>How much chaos, and of which kind.</summary>
public sealed record ChaosOptions
{
    /// <summary>Faults, one after another.</summary>
    public int Rounds { get; init; } = 8;

    /// <summary>The same seed gives the same faults in the same order.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>
    /// The counter-proof: ingestion nodes commit offsets before the rows are on storage. Such a run must lose rows, or
    /// the harness sees nothing.
    /// </summary>
    public bool BackgroundInserts { get; init; }

    /// <summary>Messages per second.</summary>
    public int Rate { get; init; } = 1000;

    /// <exception cref="UserErrorException">An option is not known or has a wrong value.</exception>
    public static ChaosOptions Parse(IReadOnlyList<string> words)
    {
        var options = new ChaosOptions();
        for (var i = 0; i < words.Count; i++)
            options = words[i] switch
            {
                "--rounds" => options with { Rounds = Number(words, ++i, least: 1) },
                "--seed" => options with { Seed = Number(words, ++i, least: 0) },
                "--rate" => options with { Rate = Number(words, ++i, least: 50) },
                "--background-inserts" => options with { BackgroundInserts = true },
                _ => throw new UserErrorException(
                    $"unknown option {words[i]}; there are --rounds N, --seed S, --rate MESSAGES_PER_SECOND and --background-inserts"),
            };
        return options;
    }

    private static int Number(IReadOnlyList<string> words, int at, int least) =>
        at < words.Count && int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least
            ? number
            : throw new UserErrorException($"{words[at - 1]} takes a whole number from {least}");
}
