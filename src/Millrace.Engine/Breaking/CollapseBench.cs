using System.Collections.Concurrent;
using Millrace.Core.Breaking;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Lets the engine merge two rows that differ in one column only, and counts what is left.</summary>
internal sealed class CollapseBench(RoleRig rig)
{
    private const string Database = "millrace_merges";
    private const int Parallelism = 4;

    public async Task<IEnumerable<(ObjectRef Table, string Column)>> JudgeAsync(
        IEnumerable<(ObjectState Table, string Column)> candidates, CancellationToken cancel)
    {
        var open = candidates.Distinct().ToList();
        if (open.Count == 0)
            return [];
        var collapsing = new ConcurrentBag<(ObjectRef, string)>();
        await rig.InScratchAsync(
            Database,
            () => Parallel.ForEachAsync(
                open.Select((candidate, i) => (candidate.Table, candidate.Column, Clone: $"{Database}.clone_{i}")),
                new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancel },
                async (item, stop) =>
                {
                    if (await TryAsync(item.Table, item.Column, item.Clone, stop))
                        collapsing.Add((item.Table.Ref, item.Column));
                }),
            cancel);
        return collapsing;
    }

    /// <summary>A table that cannot be tried out is not said anything of.</summary>
    private async Task<bool> TryAsync(ObjectState table, string column, string clone, CancellationToken cancel)
    {
        try
        {
            return await CollapsesAsync(table, column, clone, cancel);
        }
        catch (ServerErrorException)
        {
            return false;
        }
    }

    private async Task<bool> CollapsesAsync(ObjectState table, string column, string clone, CancellationToken cancel)
    {
        if (table.Column(column) is not { } tested || NeighbouringValues.Of(tested.Type) is not var (one, other))
            return false;
        var others = table.Shape.Columns.Where(c => c.Name != column && Conversions.TakesValues(c)).ToList();
        var names = string.Join(", ", others.Select(c => c.Name).Prepend(column).Select(Quote.Name));
        var rest = string.Concat(others.Select(c => $", {Filler(c.Type)}"));
        await rig.Node.ExecuteAsync($"CREATE TABLE {clone} AS {Quote.Name(table.Name)}", rig.InDatabase, cancel);
        if (EngineClauses.Read(table.Shape.EngineFull).Ttl.Length > 0)
            await rig.Node.ExecuteAsync($"ALTER TABLE {clone} REMOVE TTL", rig.InDatabase, cancel);
        await rig.Node.ExecuteAsync($"INSERT INTO {clone} ({names}) SELECT {one}{rest}", rig.InDatabase, cancel);
        await rig.Node.ExecuteAsync($"INSERT INTO {clone} ({names}) SELECT {other}{rest}", rig.InDatabase, cancel);
        await rig.Node.ExecuteAsync($"OPTIMIZE TABLE {clone} FINAL", rig.InDatabase, cancel);
        var left = (await rig.TextAsync($"SELECT uniqExact({Quote.Name(column)}) FROM {clone} FORMAT TSV", cancel)).Trim();
        return left == "1";
    }

    /// <summary>A value that no engine takes for nothing: rows of zeros vanish from sums, and old ones under a TTL.</summary>
    private static string Filler(string type) => type switch
    {
        "Date" or "Date32" => "today()",
        _ when type.StartsWith("DateTime", StringComparison.Ordinal) => $"CAST(now() AS {type})",
        _ when type.StartsWith("Int", StringComparison.Ordinal) || type.StartsWith("UInt", StringComparison.Ordinal)
            || type.StartsWith("Float", StringComparison.Ordinal) || type.StartsWith("Decimal", StringComparison.Ordinal) => $"CAST(1 AS {type})",
        _ => $"defaultValueOfTypeName({Quote.Text(type)})",
    };
}
