using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Core.Backfill;

/// <summary>Keys of a rollup from one time up to another; ClickHouse reads the times.</summary>
/// <param name="Column">The rollup's column that is asked, as SQL.</param>
/// <param name="Type">Its ClickHouse type.</param>
/// <param name="Since">The first that is meant; null for all before <paramref name="Until"/>.</param>
/// <param name="Until">The first that is not meant any more; null for all after <paramref name="Since"/>.</param>
public sealed record BackfillRange(string Column, string Type, string? Since, string? Until)
{
    /// <summary>Whether a row is meant, as SQL over the rollup's columns: never NULL, so that each row is on one side.</summary>
    public string Condition
    {
        get
        {
            var bounds = new[] { Since is null ? null : $"{Column} >= {Value(Since)}", Until is null ? null : $"{Column} < {Value(Until)}" };
            return $"ifNull({string.Join(" AND ", bounds.OfType<string>())}, 0)";
        }
    }

    /// <summary>By the first date or time that identifies a row; null when there is none.</summary>
    /// <param name="rollup">With its types.</param>
    public static BackfillRange? Of(Rollup rollup, string? since, string? until)
    {
        var keys = (rollup.GroupBy.IsEmpty ? rollup.Columns : rollup.GroupBy).Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        return rollup.Types.FirstOrDefault(column => keys.Contains(column.Name) && IsTime(column.Type)) is { } time
            ? new BackfillRange(Quote.Name(time.Name), time.Type, since, until) : null;
    }

    public override string ToString() =>
        Column + (Since is null ? "" : $" from {Since}") + (Until is null ? "" : $" until before {Until}");

    private static bool IsTime(string type) =>
        type.StartsWith("Date", StringComparison.Ordinal) || type.StartsWith("Nullable(Date", StringComparison.Ordinal);

    private string Value(string text) => $"CAST({Quote.Text(text)}, {Quote.Text(Type)})";
}
