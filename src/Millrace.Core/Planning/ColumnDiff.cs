using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>Compares two column lists.</summary>
public static class ColumnDiff
{
    public static ImmutableArray<ColumnChange> Compare(ImmutableArray<ColumnShape> declared, ImmutableArray<ColumnShape> observed)
    {
        var changes = ImmutableArray.CreateBuilder<ColumnChange>();
        var wanted = declared.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var present = observed.ToDictionary(column => column.Name, StringComparer.Ordinal);
        foreach (var column in observed.Where(column => !wanted.ContainsKey(column.Name)))
            changes.Add(new ColumnChange.Removed(column));

        // Walk in declared order over what will be there, so that each AFTER names a column that already stands right.
        var order = observed.Where(column => wanted.ContainsKey(column.Name)).Select(column => column.Name).ToList();
        for (var i = 0; i < declared.Length; i++)
        {
            var column = declared[i];
            var after = i == 0 ? null : declared[i - 1].Name;
            if (!present.TryGetValue(column.Name, out var old))
            {
                changes.Add(new ColumnChange.Added(column, after));
                order.Insert(i, column.Name);
                continue;
            }

            if (order[i] != column.Name)
            {
                changes.Add(new ColumnChange.Moved(column, after));
                order.Remove(column.Name);
                order.Insert(i, column.Name);
            }

            if (old != column)
                changes.Add(new ColumnChange.Altered(column, old));
        }

        return changes.ToImmutable();
    }
}
