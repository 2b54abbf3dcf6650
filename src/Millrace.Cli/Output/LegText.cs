using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Legs;
using Millrace.Core.Model;

namespace Millrace.Cli.Output;

/// <summary>Legs as people read them.</summary>
public static class LegText
{
    /// <summary>Every leg with its speed, then every partition with the legs side by side.</summary>
    public static string Status(IReadOnlyList<LegProgress> legs)
    {
        string[] head = ["PIPELINE", "LEG", "CLUSTER", "TOPIC", "GROUP", "WRITTEN/S", "READ/S", "LAG", "CONSUMERS", "NOTE"];
        var text = new StringBuilder(TextTable.Render([head, .. legs.Select(LegRow)]));
        foreach (var pipeline in legs.GroupBy(leg => leg.Pipeline))
            text.Append('\n').Append(Partitions(pipeline.Key, [.. pipeline]));
        return text.ToString();
    }

    public static string Parity(Leg old, Leg @new, LegParity parity)
    {
        var text = new StringBuilder(TextTable.Render(
        [
            ["LEG", $"EVENTS BY {parity.Id.ToUpperInvariant()}", "IN BOTH", "NOT IN THE DATA TABLE"],
            [old.Name, Figures.Count(parity.Old), Figures.Count(parity.Both), Figures.Count(parity.MissingOld)],
            [@new.Name, Figures.Count(parity.New), Figures.Count(parity.Both), Figures.Count(parity.MissingNew)],
        ]));
        if (!parity.Examples.IsEmpty)
            text.Append($"missing, for example: {string.Join(", ", parity.Examples)}\n");
        return text.ToString();
    }

    /// <param name="ready">All holds, and nothing was to be changed.</param>
    public static string Cutover(Pipeline pipeline, Leg old, Leg @new, ImmutableArray<CutoverCheck> checks, bool ready)
    {
        var text = new StringBuilder($"{pipeline.Name}: from {old.Name} to {@new.Name}\n");
        var width = checks.Max(check => check.What.Length);
        foreach (var (check, number) in checks.Select((check, i) => (check, i + 1)))
        {
            var word = check.Holds switch { true => "holds", false => "REFUSED", null => "-" };
            text.Append($"{number,4}  {word,-8} {check.What.PadRight(width)}  {check.Evidence}".TrimEnd()).Append('\n');
            if (check.Holds == false && check.Advice.Length > 0)
                text.Append($"               {check.Advice}\n");
        }

        if (!Core.Legs.Cutover.MayDrop(checks))
            text.Append($"Leg {old.Name} stays. Nothing was changed.\n");
        else if (ready)
            text.Append($"Leg {old.Name} may go:  millrace leg cutover --to {@new.Name}\n");
        return text.ToString();
    }

    private static string[] LegRow(LegProgress leg) =>
    [
        leg.Pipeline,
        leg.Leg.Name,
        leg.Now.ClusterId ?? "?",
        leg.Leg.Topic,
        leg.Leg.Group,
        leg.Now.IsKnown ? Figures.Count((long)Math.Round(leg.WrittenPerSecond)) : "?",
        leg.Now.IsKnown ? Figures.Count((long)Math.Round(leg.ReadPerSecond)) : "?",
        leg.Now.IsKnown ? Figures.Count(leg.Now.Lag) : "?",
        $"{leg.Assigned}/{leg.Consumers}",
        leg.Now.IsKnown ? OneLine(leg.LastError) : OneLine(leg.Now.Trouble),
    ];

    private static string Partitions(string pipeline, IReadOnlyList<LegProgress> legs)
    {
        var numbers = legs.SelectMany(leg => leg.Now.Partitions).Select(p => p.Partition).Distinct().Order();
        string[] head = [$"{pipeline}", .. legs.SelectMany(leg => new[] { $"{leg.Leg.Name} READ", "OF", "LAG", "READ/S" })];
        return TextTable.Render([head, .. numbers.Select(number => PartitionRow(number, legs))]);
    }

    private static string[] PartitionRow(int number, IReadOnlyList<LegProgress> legs) =>
        [$"partition {number}", .. legs.SelectMany(leg => PartitionCells(number, leg))];

    private static IEnumerable<string> PartitionCells(int number, LegProgress leg)
    {
        if (leg.Now.Partitions.FirstOrDefault(p => p.Partition == number) is not { } now)
            return ["-", "-", "-", "-"];
        var rate = (now.Committed - leg.Then(number)?.Committed) / leg.Interval.TotalSeconds;
        return
        [
            now.Committed is { } committed ? Figures.Count(committed) : "-",
            Figures.Count(now.High),
            Figures.Count(now.Lag),
            rate is { } known ? Figures.Count((long)Math.Round(known)) : "-",
        ];
    }

    private static string OneLine(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
