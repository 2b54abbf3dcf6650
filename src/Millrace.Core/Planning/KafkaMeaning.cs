using System.Text.RegularExpressions;

namespace Millrace.Core.Planning;

/// <summary>
/// What a Kafka engine clause means: collection and settings, wherever they are written. A setting as an engine argument
/// and the same one under SETTINGS make the same table.
/// </summary>
internal static partial class KafkaMeaning
{
    public static bool Same(string engineFull, string other)
    {
        var (a, b) = (Read(engineFull), Read(other));
        return a.Count == b.Count && a.All(pair => b.TryGetValue(pair.Key, out var value) && value == pair.Value);
    }

    /// <summary>The consumer group; null when only the named collection tells it.</summary>
    public static string? GroupOf(string engineFull) => Read(engineFull).GetValueOrDefault("kafka_group_name");

    /// <summary>What <paramref name="observed"/> has otherwise, one setting each; empty when both mean the same.</summary>
    public static IEnumerable<string> Differences(string wanted, string observed)
    {
        var (then, now) = (Read(wanted), Read(observed));
        return then.Keys.Union(now.Keys).Order(StringComparer.Ordinal)
            .Where(key => then.GetValueOrDefault(key) != now.GetValueOrDefault(key))
            .Select(key => $"{key} = {now.GetValueOrDefault(key, "(default)")}, declared {then.GetValueOrDefault(key, "(default)")}");
    }

    /// <summary>Values by setting; the named collection is under <c>collection</c>.</summary>
    public static Dictionary<string, string> Read(string engineFull)
    {
        var clauses = EngineClauses.Read(engineFull);
        var meaning = clauses.Settings.ToDictionary(s => s.Key, s => Bare(s.Value), StringComparer.Ordinal);
        var open = clauses.Head.IndexOf('(', StringComparison.Ordinal);
        var arguments = open < 0 ? [] : EngineClauses.TopLevelSplit(clauses.Head[(open + 1)..^1]).ToList();
        for (var i = 0; i < arguments.Count; i++)
        {
            var pair = arguments[i].Split(" = ", 2);
            if (pair.Length == 2)
                meaning[pair[0].Trim()] = Bare(pair[1]);
            else
                meaning[Positional(i, arguments)] = Bare(pair[0]);
        }

        return meaning;
    }

    /// <summary>A lone first argument among named ones is a collection; otherwise the old positional form is meant.</summary>
    private static string Positional(int index, List<string> arguments) =>
        index == 0 && (arguments.Count == 1 || arguments[1].Contains(" = ", StringComparison.Ordinal))
            ? "collection"
            : index switch
            {
                0 => "kafka_broker_list",
                1 => "kafka_topic_list",
                2 => "kafka_group_name",
                3 => "kafka_format",
                _ => $"argument {index}",
            };

    /// <summary>A value as it is, without the quotes and escapes of SQL.</summary>
    private static string Bare(string value)
    {
        var text = value.Trim();
        return text is ['\'', .., '\''] ? Escaped().Replace(text[1..^1], match => match.Groups["char"].Value) : text.Trim('\'');
    }

    [GeneratedRegex(@"\\(?<char>[\\'`""])", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Escaped();
}
