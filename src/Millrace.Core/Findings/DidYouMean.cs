namespace Millrace.Core.Findings;

/// <summary>Finds the name that a misspelt one was probably meant to be.</summary>
public static class DidYouMean
{
    private const int LongestName = 64;

    /// <summary>The nearest of <paramref name="known"/>, or null when none is near enough to be worth saying.</summary>
    public static string? Suggest(string written, IEnumerable<string> known)
    {
        if (written.Length is 0 or > LongestName)
            return null;
        string? best = null;
        // A third of the letters may be wrong; more than that and the suggestion only confuses.
        var bestDistance = Math.Max(1, written.Length / 3) + 1;
        foreach (var name in known)
        {
            if (name.Length > LongestName || Math.Abs(name.Length - written.Length) >= bestDistance)
                continue;
            var distance = Distance(written.ToLowerInvariant(), name.ToLowerInvariant());
            if (distance < bestDistance)
                (best, bestDistance) = (name, distance);
        }

        return best;
    }

    /// <summary>Insertions, deletions, replacements and swaps of neighbours that turn one text into the other.</summary>
    internal static int Distance(string a, string b)
    {
        var (before, previous, current) = (new int[b.Length + 1], new int[b.Length + 1], new int[b.Length + 1]);
        for (var j = 0; j <= b.Length; j++)
            previous[j] = j;
        for (var i = 1; i <= a.Length; i++)
        {
            current[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                var change = a[i - 1] == b[j - 1] ? 0 : 1;
                current[j] = Math.Min(Math.Min(previous[j] + 1, current[j - 1] + 1), previous[j - 1] + change);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
            }

            (before, previous, current) = (previous, current, before);
        }

        return previous[b.Length];
    }
}
