using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>What table engines do with rows.</summary>
public static class MergingEngine
{
    private static readonly string[] Plain = ["MergeTree", "ReplicatedMergeTree", "SharedMergeTree"];

    /// <summary>True when background merges make one row of several with an equal sorting key.</summary>
    public static bool Collapses(string engine) =>
        engine.EndsWith("MergeTree", StringComparison.Ordinal) && !Plain.Contains(engine);

    /// <summary>True when it keeps rows of its own.</summary>
    public static bool Stores(string engine) =>
        engine.EndsWith("MergeTree", StringComparison.Ordinal)
        || engine is "Memory" or "Log" or "TinyLog" or "StripeLog" or "Join" or "Set" or "EmbeddedRocksDB" or "KeeperMap";

    /// <summary>The name without its replication.</summary>
    public static string Family(string engine) => engine.Replace("Replicated", "", StringComparison.Ordinal).Replace("Shared", "", StringComparison.Ordinal);

    /// <summary>Columns that the engine's arguments name: version, sign, deletion mark, or the columns to sum.</summary>
    public static IReadOnlyList<string> Arguments(ObjectShape table)
    {
        var head = EngineClauses.Read(table.EngineFull).Head;
        var (open, name) = (head.IndexOf('('), head.Split('(', ' ')[0]);
        if (open < 0 || open != name.Length)
            return [];
        var close = Closing(head, open);
        return [.. EngineClauses.TopLevelSplit(head[(open + 1)..close])
            .Select(argument => argument.Trim().Trim('`'))
            .Where(argument => table.Columns.Any(column => column.Name == argument))];
    }

    private static int Closing(string text, int open)
    {
        var depth = 0;
        for (var i = open; i < text.Length; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
                return i;
        }

        return text.Length;
    }
}
