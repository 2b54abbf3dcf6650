using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Breaking;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Puts rows in where they come in, and reads every table that they can reach.</summary>
/// <param name="json">Paths that JSON values must have, beside those of the world, to show what a change does.</param>
internal sealed class ChainProbe(IReadOnlyDictionary<string, RoleRig> rigs, ImmutableArray<JsonPath> json)
{
    private const int Parallelism = 4;
    private const int Rows = 16;
    private const int RowsRead = 4000;
    private const int MostIncomplete = 64;

    /// <summary>Rows for every entry, in the words of the world as it is: what its producers send.</summary>
    public Task<ImmutableArray<ProbeRows>> MakeRowsAsync(World world, CancellationToken cancel) => MakeRowsAsync(world, world.Objects, cancel);

    /// <summary>The same, for those of some objects that are entries.</summary>
    public async Task<ImmutableArray<ProbeRows>> MakeRowsAsync(World world, IEnumerable<ObjectState> among, CancellationToken cancel)
    {
        var wanted = among.Select(item => item.Ref).ToHashSet();
        var found = ImmutableArray.CreateBuilder<ProbeRows>();
        foreach (var entry in Entries(world).Where(entry => wanted.Contains(entry.Ref)))
            if (await MakeRowsAsync(world, entry, cancel) is { } rows)
                found.Add(rows);
        return found.ToImmutable();
    }

    /// <summary>Rows for one table; null where a type has no values that can be made here.</summary>
    public async Task<ProbeRows?> MakeRowsAsync(World world, ObjectState entry, CancellationToken cancel)
    {
        var columns = entry.Shape.Columns.Where(Conversions.TakesValues).ToList();
        var paths = PathsIn(world, entry);
        var constants = Flow.Downstream(world, entry).SelectMany(item => item.Constants).Distinct().Take(12).ToList();
        var select = string.Join(", ", columns.Select((column, i) => $"{Pick(column, i, constants, paths)} AS {Quote.Name(column.Name)}"));
        var keyed = Lookups.RowsFor(world, entry);
        try
        {
            var lines = RoleRig.Lines(await rigs[entry.Ref.Role].TextAsync($"SELECT * FROM (SELECT {select} FROM numbers({Rows})){keyed} FORMAT JSONEachRow", cancel));
            return new ProbeRows(entry.Ref, Lookups.Ranged(world, entry, [.. lines])) { Optional = keyed.Length > 0 || columns.Count < 2 ? [] : [.. columns.Where(column => column.DefaultKind.Length == 0).Select(column => column.Name)] };
        }
        catch (ServerErrorException)
        {
            return null; // This entry is not probed.
        }
    }

    /// <summary>Inserts, and keeps the rows that were taken. Of those, some go in a second time as they come from producers that leave a column out.</summary>
    public async Task<ProbeInsert> InsertAsync(ProbeRows rows, CancellationToken cancel)
    {
        var complete = await InsertEachAsync(rows.Entry, rows.Lines, cancel);
        var incomplete = await InsertEachAsync(rows.Entry, [.. rows.After, .. Incomplete(complete.Taken, rows.Optional)], cancel);
        var first = complete.Fault is null ? incomplete : complete;
        return new ProbeInsert(new ProbeRows(rows.Entry, complete.Taken) { After = incomplete.Taken }, first.Fault, first.Line);
    }

    private static IEnumerable<string> Incomplete(ImmutableArray<string> lines, ImmutableArray<string> columns) =>
        lines.SelectMany(line => columns.Select(column => (line, column))).Take(MostIncomplete).Select(pair => RowVariants.Without(pair.line, pair.column));

    /// <summary>All at once, or by halves where that fails.</summary>
    private async Task<(ImmutableArray<string> Taken, EngineFault? Fault, string Line)> InsertEachAsync(ObjectRef entry, ImmutableArray<string> lines, CancellationToken cancel)
    {
        if (lines.IsEmpty || await InsertAsync(entry, lines, cancel) is not { } fault)
            return (lines, null, "");
        if (lines.Length == 1)
            return ([], fault, lines[0]);
        var (left, right) = (await InsertEachAsync(entry, lines[..(lines.Length / 2)], cancel), await InsertEachAsync(entry, lines[(lines.Length / 2)..], cancel));
        return (left.Taken.AddRange(right.Taken), left.Fault ?? right.Fault, left.Fault is null ? right.Line : left.Line);
    }

    public async Task<ImmutableDictionary<ObjectRef, ProbeReading>> ReadAsync(World world, CancellationToken cancel)
    {
        var readings = new ConcurrentDictionary<ObjectRef, ProbeReading>();
        await ForEachAsync(world.Objects.Where(IsReadable), async item => readings[item.Ref] = await ReadAsync(item, cancel), cancel);
        return readings.ToImmutableDictionary();
    }

    /// <summary>Stops the clock of refreshable views: they refresh when they are told to, and at no other time.</summary>
    public async Task HoldAsync(World world, CancellationToken cancel)
    {
        foreach (var item in world.Objects.Where(item => item.IsRefreshable))
        {
            // SYSTEM STOP VIEW would refuse the refreshes that are asked for as well.
            await TryAsync(item, $"SYSTEM TEST VIEW {Quote.Name(item.Name)} SET FAKE TIME '2020-01-01 00:00:00'", cancel);
            await TryAsync(item, $"SYSTEM WAIT VIEW {Quote.Name(item.Name)}", cancel);
        }
    }

    /// <summary>Makes background work happen now: merges, refreshes, reloads.</summary>
    public async Task SettleAsync(World world, CancellationToken cancel)
    {
        foreach (var item in world.Objects)
        {
            var name = Quote.Name(item.Name);
            if (item.Engine.EndsWith("MergeTree", StringComparison.Ordinal) && MergesMatter(item) || (IsItsOwnTable(item) && !item.IsRefreshable))
                await TryAsync(item, $"OPTIMIZE TABLE {name} FINAL", cancel);
            else if (item.Engine == "Buffer")
                await TryAsync(item, $"OPTIMIZE TABLE {name}", cancel);
            else if (item.Engine == "Dictionary" && !item.Sources.IsEmpty)
                await TryAsync(item, $"SYSTEM RELOAD DICTIONARY {name}", cancel);
            else if (item.IsRefreshable)
            {
                await TryAsync(item, $"SYSTEM REFRESH VIEW {name}", cancel);
                await TryAsync(item, $"SYSTEM WAIT VIEW {name}", cancel);
            }
        }
    }

    public async Task EmptyAsync(World world, CancellationToken cancel)
    {
        await ForEachAsync(
            world.Objects.Where(item => Keeps(item) || item.Name.IsInner || IsItsOwnTable(item)),
            item => TryAsync(item, $"TRUNCATE TABLE {Quote.Name(item.Name)} SYNC", cancel),
            cancel);
    }

    /// <summary>A merge of plain rows changes none of them, unless their time is over.</summary>
    private static bool MergesMatter(ObjectState item) =>
        MergingEngine.Collapses(item.Engine) || item.Shape.CreateQuery.Contains("TTL", StringComparison.Ordinal);

    /// <summary>
    /// True for a view that keeps its rows in an inner table. That table's name is another one each time a world is made; the
    /// view's is not, and the engine passes on what is done to it.
    /// </summary>
    private static bool IsItsOwnTable(ObjectState item) => item.Engine == "MaterializedView" && item.Shape.Target is null;

    private static Task ForEachAsync(IEnumerable<ObjectState> items, Func<ObjectState, Task> run, CancellationToken cancel) =>
        Parallel.ForEachAsync(items, new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancel }, async (item, _) => await run(item));

    /// <summary>Tables that rows come into from outside: nothing in the world writes to them.</summary>
    private static IEnumerable<ObjectState> Entries(World world) =>
        world.Objects
            .Where(item => (Keeps(item) || item.Engine is "Null" or "Distributed" or "Buffer") && !item.Name.IsInner)
            .Where(item => !world.WritersOf(item).Any() && !IsBehindEntry(world, item))
            .OrderByDescending(item => item.Pushes.IsEmpty) // What is only looked up has its rows first.
            .ThenBy(item => item.Ref);

    private static bool IsBehindEntry(World world, ObjectState table) => world.ProxiesOf(table).Any(proxy => proxy.Ref != table.Ref);

    private static bool Keeps(ObjectState item) => item.Engine switch
    {
        "Kafka" or "RabbitMQ" or "NATS" or "PostgreSQL" or "MySQL" or "MongoDB" or "Redis" or "S3" or "URL" => true,
        "Log" or "TinyLog" or "StripeLog" or "Memory" or "Join" or "Set" => true,
        _ => item.Engine.EndsWith("MergeTree", StringComparison.Ordinal),
    };

    private static bool IsReadable(ObjectState item) =>
        !item.ReadsOutside
        && (item.Engine is not ("Null" or "Kafka" or "Set" or "MaterializedView") && !item.Name.IsInner
            || IsItsOwnTable(item));

    /// <summary>The paths of JSON that types or SELECTs below an entry name.</summary>
    private ImmutableArray<JsonPath> PathsIn(World world, ObjectState entry)
    {
        if (!entry.Shape.Columns.Any(column => column.Type.Contains("JSON", StringComparison.Ordinal)))
            return [];
        var below = Flow.Downstream(world, entry);
        var read = from item in below
                   from origin in item.Origins
                   from column in entry.Shape.Columns
                   select JsonPath.OfSubcolumn(column.Name, origin.Column);
        return [.. below.SelectMany(item => item.Shape.Columns).SelectMany(column => JsonPath.In(column.Type)).Concat(json).Concat(read.OfType<JsonPath>()).Distinct()];
    }

    /// <summary>The values of a column, one a row, in another order for each column so that they meet in many ways.</summary>
    private static string Pick(ColumnShape shape, int column, List<string> constants, ImmutableArray<JsonPath> paths)
    {
        var type = shape.Type;
        var values = BoundaryValues.Of(type, paths).ToList();
        if (type is "String" or "LowCardinality(String)" or "Nullable(String)")
            values.InsertRange(0, constants.Select(value => $"CAST({Quote.Text(value)} AS {type})"));
        if (values.Count == 0)
            return $"(SELECT v FROM generateRandom({Quote.Text($"v {type}")}, {column + 1}, 8, 3) LIMIT 1)";
        var stride = column % 2 == 0 ? 1 : 3;
        return $"multiIf({string.Join(", ", values.Select((value, i) => $"(number * {stride} + {column}) % {values.Count} = {i}, {value}").Take(values.Count - 1))}{(values.Count > 1 ? ", " : "")}{values[^1]})"
            .Replace($"multiIf({values[^1]})", values[^1], StringComparison.Ordinal);
    }

    public async Task<ProbeReading> ReadAsync(ObjectState item, CancellationToken cancel)
    {
        var columns = item.Shape.Columns.Where(column => column.DefaultKind != "EPHEMERAL").ToList();
        var select = string.Join(", ", columns.Select(column => column.Type.StartsWith("AggregateFunction(", StringComparison.Ordinal)
            ? $"finalizeAggregation({Quote.Name(column.Name)})"
            : Quote.Name(column.Name)));
        try
        {
            var answer = await AnswerAsync(item, $"SELECT {select} FROM {Quote.Name(item.Name)}", cancel);
            var rows = answer.Split('\n')[..^1].Select(line => line.Split('\t')).ToList();
            return new ProbeReading(
                rows.Count,
                columns.Select((column, i) => KeyValuePair.Create(column.Name, (column.Type, rows.Select(row => row[i]).Order(StringComparer.Ordinal).ToImmutableArray())))
                    .ToImmutableDictionary(),
                null);
        }
        catch (ServerErrorException error)
        {
            return new ProbeReading(0, ImmutableDictionary<string, (string, ImmutableArray<string>)>.Empty, RoleRig.FaultOf(error));
        }
    }

    private async Task<string> AnswerAsync(ObjectState item, string plain, CancellationToken cancel)
    {
        var rig = rigs[item.Ref.Role];
        if (Lookups.Read(item) is { } byKey)
            try
            {
                return await rig.TextAsync($"{byKey} LIMIT {RowsRead} FORMAT TSV", cancel);
            }
            catch (ServerErrorException)
            {
                // Its source calls the key otherwise, or it does not load: reading it tells.
            }

        return await rig.TextAsync($"{plain} LIMIT {RowsRead} FORMAT TSV", cancel);
    }

    private async Task<EngineFault?> InsertAsync(ObjectRef entry, ImmutableArray<string> lines, CancellationToken cancel)
    {
        try
        {
            await rigs[entry.Role].Node.ExecuteAsync(
                $"INSERT INTO {Quote.Name(entry.Name)} FORMAT JSONEachRow\n{string.Join('\n', lines)}", rigs[entry.Role].InDatabase, cancel);
            return null;
        }
        catch (ServerErrorException error)
        {
            return RoleRig.FaultOf(error);
        }
    }

    private async Task TryAsync(ObjectState item, string sql, CancellationToken cancel)
    {
        try
        {
            await rigs[item.Ref.Role].Node.ExecuteAsync(sql, rigs[item.Ref.Role].InDatabase, cancel);
        }
        catch (ServerErrorException)
        {
            // Reading the object afterwards tells what is the matter with it.
        }
    }
}
