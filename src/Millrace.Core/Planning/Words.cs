using Millrace.Core.Compile;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>The few words that say why a step is there.</summary>
internal static class Words
{
    public static string Of(IEnumerable<ColumnChange> changes) => string.Join(", ", changes.Select(Of));

    public static string Of(IEnumerable<ColumnChange> changes, ObjectShape observed, ObjectShape wanted)
    {
        var columns = Of(changes);
        if (observed.Comment == wanted.Comment)
            return columns;
        return columns.Length == 0 ? Comment(observed) : $"{columns}, {Comment(observed)}";
    }

    public static string Comment(ObjectShape observed) =>
        Mark.Read(observed.Comment) is null ? "adopted: stood there without a mark" : "ownership mark changed";

    private static string Of(ColumnChange change) => change switch
    {
        ColumnChange.Added added => $"column {added.Column} {added.Declared.Type} added",
        ColumnChange.Removed removed => $"column {removed.Column} removed",
        ColumnChange.Moved moved => $"column {moved.Column} moved",
        ColumnChange.Altered altered when altered.Declared.Type != altered.Observed.Type =>
            $"column {altered.Column}: {altered.Observed.Type} -> {altered.Declared.Type}",
        ColumnChange.Altered altered => $"column {altered.Column}: default, codec or comment changed",
        _ => throw new ArgumentOutOfRangeException(nameof(change), change, null),
    };
}
