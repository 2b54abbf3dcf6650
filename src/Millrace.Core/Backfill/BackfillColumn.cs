using Millrace.Core.Compile;

namespace Millrace.Core.Backfill;

/// <summary>How one stored aggregate is compared with what it was made from.</summary>
/// <param name="OverSource">The merged value, computed from the rows that a view reads.</param>
/// <param name="OverStored">The merged value, computed from stored states.</param>
/// <param name="IsLight">True for counts, sums and extremes, which cost little to compute again.</param>
/// <param name="IsComparable">False for functions whose result depends on the order of rows, such as <c>quantileTDigest</c>.</param>
public sealed record BackfillColumn(string Name, string OverSource, string OverStored, bool IsLight, bool IsComparable)
{
    /// <summary>The same over rows for which a condition holds; null where a call cannot be limited.</summary>
    public BackfillColumn? Where(string condition) =>
        AggregateCall.Parse(OverSource)?.Where(condition) is { } source && AggregateCall.Parse(OverStored)?.Where(condition) is { } stored
            ? this with { OverSource = source, OverStored = stored } : null;
}
