using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Puts the same rows into a table as it was and as it is, has both merge, and counts what is left.</summary>
internal sealed class MergeBench(RoleRig rig)
{
    private const string Database = "millrace_merges";
    private const string Was = $"{Database}.was";
    private const string Now = $"{Database}.now";
    private const int TooManyParts = 252;

    /// <summary>So many rows, of different keys and of one moment, come in one block easily.</summary>
    private const int BlockRows = 500;

    public async Task<ImmutableArray<MergeDifference>> JudgeAsync(
        World after, IEnumerable<(ObjectState Was, ObjectState Now)> candidates, CancellationToken cancel)
    {
        var found = ImmutableArray.CreateBuilder<MergeDifference>();
        foreach (var (was, now) in candidates)
            await rig.InScratchAsync(
                Database,
                async () =>
                {
                    try
                    {
                        found.AddRange(await CompareAsync(was, now, MergeCandidates.Fed(after, now), cancel));
                    }
                    catch (ServerErrorException)
                    {
                        // A table that cannot be tried out is not said anything of.
                    }
                },
                cancel);
        return found.ToImmutable();
    }

    private async Task<List<MergeDifference>> CompareAsync(ObjectState was, ObjectState now, HashSet<string> fed, CancellationToken cancel)
    {
        await RunAsync(TableClone.Create(was.Shape, Was), cancel);
        await RunAsync(TableClone.Create(now.Shape, Now), cancel);
        var found = new List<MergeDifference>();
        if (MergingEngine.Collapses(now.Engine) && MergingEngine.Family(was.Engine) == MergingEngine.Family(now.Engine)
            && await ApartAsync(was, now, fed, cancel) is { } apart)
            found.Add(apart);
        if (was.PartitionKey != now.PartitionKey && await PartitionsAsync(was, now, cancel) is { } many)
            found.Add(many);
        return found;
    }

    private async Task<MergeDifference?> ApartAsync(ObjectState was, ObjectState now, HashSet<string> fed, CancellationToken cancel)
    {
        var (oldKey, key) = (await KeyAsync("was", cancel), await KeyAsync("now", cancel));
        var (before, after) = await LeftAsync(was, now, fed, oldKey.Union(key), cancel);
        if (after > before)
            return new MergeDifference(MergeOutcome.KeysApart, now.Ref) { Before = Counted.Of(before, "row"), After = Counted.Of(after, "row") };
        if (!MergeCandidates.HasVersions(now))
            return null;
        (before, after) = await LeftAsync(was, now, fed, oldKey, cancel);
        return after <= before ? null : new MergeDifference(MergeOutcome.NewKeyApart, now.Ref)
        {
            Column = key.Except(oldKey).FirstOrDefault(fed.Contains), Before = Counted.Of(before, "row"), After = Counted.Of(after, "row"),
        };
    }

    private async Task<ImmutableHashSet<string>> KeyAsync(string clone, CancellationToken cancel) =>
        [.. RoleRig.Lines(await rig.TextAsync(
            $"SELECT name FROM system.columns WHERE database = {Quote.Text(Database)} AND table = {Quote.Text(clone)} AND is_in_sorting_key FORMAT TSVRaw", cancel))];

    /// <summary>How many of three rows are left in the one and in the other; they differ in all but some columns. The first is as one that was stored before the change.</summary>
    private async Task<(int Then, int Now)> LeftAsync(ObjectState was, ObjectState now, HashSet<string> fed, ImmutableHashSet<string> equal, CancellationToken cancel)
    {
        await RunAsync($"TRUNCATE TABLE {Was} SYNC", cancel);
        await RunAsync($"TRUNCATE TABLE {Now} SYNC", cancel);
        var known = now.Shape.Columns.Where(column => Conversions.TakesValues(column) && was.Column(column.Name) is { } old && Conversions.TakesValues(old) && old.Type == column.Type).ToList();
        var fresh = now.Shape.Columns.Where(column => Conversions.TakesValues(column) && was.Column(column.Name) is null && fed.Contains(column.Name)).ToList();
        for (var i = 0; i < 3; i++)
        {
            await InsertAsync(Was, was, known, equal, i, cancel);
            await InsertAsync(Now, now, i == 0 ? known : [.. known, .. fresh.Where(column => !equal.Contains(column.Name))], equal, i, cancel);
        }

        await RunAsync($"OPTIMIZE TABLE {Was} FINAL", cancel);
        await RunAsync($"OPTIMIZE TABLE {Now} FINAL", cancel);
        return (await CountAsync(Was, cancel), await CountAsync(Now, cancel));
    }

    private Task InsertAsync(string clone, ObjectState table, List<ColumnShape> columns, ImmutableHashSet<string> equal, int row, CancellationToken cancel)
    {
        var decides = MergingEngine.Arguments(table.Shape);
        var values = columns.Select(column => Value(table, decides, column, equal.Contains(column.Name) ? 0 : row));
        return RunAsync($"INSERT INTO {clone} ({string.Join(", ", columns.Select(column => Quote.Name(column.Name)))}) SELECT {string.Join(", ", values)}", cancel);
    }

    /// <summary>The values of three rows: two lie close, the third is far away.</summary>
    private static string Value(ObjectState table, IReadOnlyList<string> decides, ColumnShape column, int row)
    {
        var at = decides.ToList().IndexOf(column.Name);
        var special = (MergingEngine.Family(table.Engine), at) switch
        {
            ("CollapsingMergeTree" or "VersionedCollapsingMergeTree", 0) => row == 1 ? "-1" : "1",
            ("VersionedCollapsingMergeTree", 1) => "1", // A row cancels out one of its own version.
            ("ReplacingMergeTree", 1) => "0",
            _ => null,
        };
        if (special is not null)
            return $"CAST({special} AS {column.Type})";
        if (NeighbouringValues.Of(column.Type) is not var (one, other))
            return BoundaryValues.Of(column.Type) is { IsEmpty: false } values ? values[row % values.Length] : $"defaultValueOfTypeName({Quote.Text(column.Type)})";
        return row switch { 0 => one, 1 => other, _ => Far(column.Type) ?? other };
    }

    private static string? Far(string type)
    {
        var plain = Plain(type);
        return plain.StartsWith("Date", StringComparison.Ordinal) ? $"CAST(toDate(today() - 1000) AS {type})"
            : plain is "String" or "FixedString" ? $"CAST('z' AS {type})"
            : plain.StartsWith("Int", StringComparison.Ordinal) || plain.StartsWith("UInt", StringComparison.Ordinal)
                || plain.StartsWith("Float", StringComparison.Ordinal) ? $"CAST({(plain.EndsWith("Int8", StringComparison.Ordinal) ? "101" : "30001")} AS {type})"
            : null;
    }

    private static string Plain(string type)
    {
        var plain = TypeText.Unwrap(type, "LowCardinality") ?? type;
        return (TypeText.Unwrap(plain, "Nullable") ?? plain).Split('(')[0];
    }

    /// <summary>A block of many keys and one moment, which the table took before.</summary>
    private async Task<MergeDifference?> PartitionsAsync(ObjectState was, ObjectState now, CancellationToken cancel)
    {
        await RunAsync(Block(Was, was), cancel);
        try
        {
            await RunAsync(Block(Now, now), cancel);
            return null;
        }
        catch (ServerErrorException error) when (error.Code == TooManyParts)
        {
            return new MergeDifference(MergeOutcome.ManyPartitions, now.Ref) { Fault = RoleRig.FaultOf(error) };
        }
    }

    private static string Block(string clone, ObjectState table)
    {
        var decides = MergingEngine.Arguments(table.Shape);
        var columns = table.Shape.Columns.Where(Conversions.TakesValues).ToList();
        return $"INSERT INTO {clone} ({string.Join(", ", columns.Select(column => Quote.Name(column.Name)))}) "
            + $"SELECT {string.Join(", ", columns.Select(column => decides.Contains(column.Name) ? Value(table, decides, column, 0) : Spread(column.Type)))} FROM numbers({BlockRows})";
    }

    /// <summary>Numbers and texts are as many as there are rows, unless the type is one of few values.</summary>
    private static string Spread(string type)
    {
        var (plain, isFew) = (Plain(type), type.StartsWith("LowCardinality", StringComparison.Ordinal));
        return plain switch
        {
            "Date" or "Date32" => $"CAST(today() AS {type})",
            "DateTime" or "DateTime64" => $"CAST(now() AS {type})",
            "UInt8" or "Int8" => $"CAST(number % 20 AS {type})",
            "String" or "FixedString" => $"CAST(toString(number{(isFew ? " % 20" : "")}) AS {type})",
            "UUID" => $"CAST(reinterpretAsUUID(toUInt128(number)) AS {type})",
            _ when plain.StartsWith("Int", StringComparison.Ordinal) || plain.StartsWith("UInt", StringComparison.Ordinal)
                || plain.StartsWith("Float", StringComparison.Ordinal) => $"CAST(number{(isFew ? " % 20" : "")} AS {type})",
            _ => $"defaultValueOfTypeName({Quote.Text(type)})",
        };
    }

    private async Task<int> CountAsync(string clone, CancellationToken cancel) =>
        int.Parse((await rig.TextAsync($"SELECT count() FROM {clone} FORMAT TSV", cancel)).Trim(), System.Globalization.CultureInfo.InvariantCulture);

    private Task RunAsync(string sql, CancellationToken cancel) => rig.Node.ExecuteAsync(sql, rig.InDatabase, cancel);
}
