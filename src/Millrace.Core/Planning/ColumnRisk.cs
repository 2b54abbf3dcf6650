namespace Millrace.Core.Planning;

/// <summary>What changing the columns of a table with rows can cost.</summary>
internal static class ColumnRisk
{
    public static Risk Of(IEnumerable<ColumnChange> changes) =>
        changes.Select(Of).DefaultIfEmpty(Risk.Safe).Max();

    public static Risk Of(ColumnChange change) => change switch
    {
        ColumnChange.Removed => Risk.Destroys,
        ColumnChange.Altered altered when altered.Declared.Type == altered.Observed.Type => Risk.Safe,
        ColumnChange.Altered altered when TypeWidening.IsLossless(altered.Observed.Type, altered.Declared.Type) => Risk.Rewrites,
        ColumnChange.Altered => Risk.Destroys,
        _ => Risk.Safe,
    };
}
