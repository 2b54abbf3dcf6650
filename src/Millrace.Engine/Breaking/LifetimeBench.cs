using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Has the engine compute when rows of many days would end, by the TTL before and by the one after.</summary>
internal sealed class LifetimeBench(RoleRig rig)
{
    /// <summary>Four years and some: every length of a month, and a leap day.</summary>
    private const int Days = 1500;

    public async Task<ImmutableHashSet<(ObjectRef Table, string? Column)>> NotShorterAsync(IEnumerable<LifetimeChange> asked, CancellationToken cancel)
    {
        var found = ImmutableHashSet.CreateBuilder<(ObjectRef, string?)>();
        foreach (var item in asked)
            if (await IsNotShorterAsync(item, cancel))
                found.Add((item.Table.Ref, item.Column));
        return found.ToImmutable();
    }

    /// <summary>Every end that is set now must come no earlier than one that was set for the same rows before.</summary>
    private async Task<bool> IsNotShorterAsync(LifetimeChange change, CancellationToken cancel)
    {
        foreach (var end in change.Now)
        {
            var isLater = false;
            foreach (var former in change.Then.Where(former => former.Condition.Length == 0 || former.Condition == end.Condition))
                isLater = isLater || await IsNoEarlierAsync(change.Table, end.Moment, former.Moment, cancel);
            if (!isLater)
                return false;
        }

        return true;
    }

    private async Task<bool> IsNoEarlierAsync(ObjectState table, string now, string then, CancellationToken cancel)
    {
        if (now == then)
            return true;
        var columns = table.Shape.Columns.Where(column => now.Contains(column.Name, StringComparison.Ordinal) || then.Contains(column.Name, StringComparison.Ordinal)).ToList();
        if (columns.Count == 0 || columns.Exists(column => column.DefaultKind == "ALIAS"))
            return false;
        var values = string.Join(", ", columns.Select((column, i) => $"{ValueOf(column, i)} AS {Quote.Name(column.Name)}"));
        try
        {
            return await rig.TextAsync($"SELECT countIf(({now}) < ({then})) FROM (SELECT {values} FROM numbers({Days})) FORMAT TSV", cancel) == "0\n";
        }
        catch (ServerErrorException)
        {
            return false; // Only what the engine has computed is known.
        }
    }

    /// <summary>Each column of times goes its own way through the days: a TTL by another column is another TTL.</summary>
    private static string ValueOf(ColumnShape column, int i)
    {
        if (column.Type.Contains("Date", StringComparison.Ordinal) && !column.Type.Contains("Tuple(", StringComparison.Ordinal))
            return $"CAST(toDateTime('2024-01-01 00:00:00') + toIntervalDay((number * {(2 * i) + 1}) % {Days}) + toIntervalSecond((number * 3607) % 86400) AS {column.Type})";
        var values = BoundaryValues.Of(column.Type);
        return values.IsEmpty ? $"defaultValueOfTypeName({Quote.Text(column.Type)})" : $"[{string.Join(", ", values)}][1 + number % {values.Length}]";
    }
}
