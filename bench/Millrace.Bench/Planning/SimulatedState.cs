using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Millrace.Core.Journal;
using Millrace.Testing;

namespace Millrace.Bench.Planning;

/// <summary>Millrace's own tables on one simulated node: a journal that takes everything, and the tables that are the lock.</summary>
internal sealed partial class SimulatedState
{
    private const string Journal = $"{JournalTable.Database}.{JournalTable.Name}";

    private readonly ConcurrentDictionary<long, string> generations = new();

    /// <summary>The answer to a statement about these tables; null for any other statement.</summary>
    public ScriptedAnswer? Run(string sql)
    {
        if (sql.StartsWith("SELECT toUnixTimestamp64Milli(now64(3)),", StringComparison.Ordinal))
            return ScriptedAnswer.Rows(JsonSerializer.SerializeToUtf8Bytes(
                new object[] { DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), generations.Select(g => new object[] { g.Key, g.Value }) }));
        if (CreateLock().Match(sql) is { Success: true } creation)
            return generations.TryAdd(Number(creation), Unquote(creation.Groups["comment"].Value))
                ? ScriptedAnswer.Rows()
                : ScriptedAnswer.Error(57, "TABLE_ALREADY_EXISTS", "it exists");
        if (DropLock().Match(sql) is { Success: true } removal)
            generations.TryRemove(Number(removal), out _);
        else if (sql != JournalTable.CreateDatabase && !IsForJournal(sql))
            return null;
        return ScriptedAnswer.Rows();
    }

    private static bool IsForJournal(string sql) =>
        sql.StartsWith(JournalTable.Insert, StringComparison.Ordinal)
        || sql.StartsWith($"CREATE TABLE IF NOT EXISTS {Journal}", StringComparison.Ordinal);

    private static long Number(Match match) => long.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture);

    private static string Unquote(string text) => text.Replace("\\'", "'", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

    [GeneratedRegex(@"^CREATE TABLE millrace\.lock_(?<number>\d+) .* COMMENT '(?<comment>.*)'$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex CreateLock();

    [GeneratedRegex(@"^DROP TABLE IF EXISTS millrace\.lock_(?<number>\d+) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex DropLock();
}
