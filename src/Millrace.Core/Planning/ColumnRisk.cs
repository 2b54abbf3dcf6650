using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>What changing the columns of a table with rows can cost.</summary>
internal static class ColumnRisk
{
    public static Risk Of(IEnumerable<ColumnChange> changes) =>
        changes.Select(Of).DefaultIfEmpty(Risk.Safe).Max();

    /// <summary>ALIAS and EPHEMERAL columns have no values to lose.</summary>
    public static bool IsStored(ColumnShape column) => column.DefaultKind is not ("ALIAS" or "EPHEMERAL");

    public static Risk Of(ColumnChange change) => change switch
    {
        ColumnChange.Removed removed => IsStored(removed.Observed) ? Risk.Destroys : Risk.Safe,
        ColumnChange.Altered altered when !IsStored(altered.Observed) => Risk.Safe,
        ColumnChange.Altered altered when !IsStored(altered.Declared) => Risk.Destroys,
        ColumnChange.Altered altered when altered.Declared.Type == altered.Observed.Type => Risk.Safe,
        ColumnChange.Altered altered when TypeWidening.IsLossless(altered.Observed.Type, altered.Declared.Type) => Risk.Rewrites,
        ColumnChange.Altered => Risk.Destroys,
        _ => Risk.Safe,
    };
}
