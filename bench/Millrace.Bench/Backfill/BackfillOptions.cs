using System.Globalization;
using Millrace.Engine;

namespace Millrace.Bench.Backfill;

/// <summary>How much is proved, and on how many rows.</summary>
public sealed record BackfillOptions
{
    /// <summary>Backfills with crashes, one after another; a seed says where they crash.</summary>
    public int Seeds { get; init; } = 10;

    /// <summary>Rows that are there before, on both shards together, while it is made to crash.</summary>
    public int Rows { get; init; } = 1_000_000;

    /// <summary>Rows that are added for measuring what it costs.</summary>
    public int CostRows { get; init; } = 20_000_000;

    /// <summary>Live messages per second.</summary>
    public int Rate { get; init; } = 2000;

    /// <summary>Times that each known-bad way may go well by luck.</summary>
    public int Tries { get; init; } = 12;

    /// <summary>Whether a runner that is not killed shares this process: quicker where many are run, and not what is measured.</summary>
    public bool InProcess { get; init; }

    /// <exception cref="UserErrorException">An option is not known or has a wrong value.</exception>
    public static BackfillOptions Parse(IReadOnlyList<string> words)
    {
        var options = new BackfillOptions();
        for (var i = 0; i < words.Count; i++)
            options = words[i] switch
            {
                "--seeds" => options with { Seeds = Number(words, ++i) },
                "--rows" => options with { Rows = Number(words, ++i) },
                "--cost-rows" => options with { CostRows = Number(words, ++i) },
                "--rate" => options with { Rate = Number(words, ++i) },
                "--tries" => options with { Tries = Number(words, ++i) },
                _ => throw new UserErrorException($"unknown option {words[i]}; there are --seeds N, --rows N, --cost-rows N, --rate MESSAGES_PER_SECOND and --tries N"),
            };
        return options;
    }

    private static int Number(IReadOnlyList<string> words, int at) =>
        at < words.Count && int.TryParse(words[at], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new UserErrorException($"{words[at - 1]} takes a whole number from 1");
}
