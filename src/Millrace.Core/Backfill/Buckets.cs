using System.Globalization;
using System.Text.Json;

namespace Millrace.Core.Backfill;

/// <summary>Compares the answers of <see cref="CompareSql"/> of both sides.</summary>
public static class Buckets
{
    /// <summary>Sums of numbers with a point depend on their order in the last digits.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>What differs, one sentence each; empty when nothing does.</summary>
    public static IReadOnlyList<string> Differences(string source, string stored)
    {
        var (one, other) = (Parse(source), Parse(stored));
        var differences = new List<string>();
        foreach (var bucket in one.Keys.Union(other.Keys, StringComparer.Ordinal))
        {
            var (here, there) = (one.GetValueOrDefault(bucket), other.GetValueOrDefault(bucket));
            if (here is null || there is null)
                differences.Add($"bucket {bucket} is only in the {(there is null ? "source" : "target")}");
            else if (!here.Zip(there, Same).All(same => same))
                differences.Add($"bucket {bucket}: {string.Join(", ", here)} in the source, {string.Join(", ", there)} in the target");
        }

        return differences;
    }

    private static Dictionary<string, string[]> Parse(string rows) => rows
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(row => JsonSerializer.Deserialize<string[]>(row)!)
        .ToDictionary(row => row[0], row => row[1..], StringComparer.Ordinal);

    private static bool Same(string one, string other) =>
        one == other
        || (IsFloat(one, out var a) & IsFloat(other, out var b) && Math.Abs(a - b) <= Tolerance * Math.Max(Math.Abs(a), Math.Abs(b)));

    private static bool IsFloat(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && text.AsSpan().IndexOfAny(".eE") >= 0;
}
