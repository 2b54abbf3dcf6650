using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Breaking;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Puts rows in where they come in, and reads every table that they can reach.</summary>
internal sealed class ChainProbe(IReadOnlyDictionary<string, RoleRig> rigs)
{
    private const int Parallelism = 4;
    private const int Rows = 16;
    private const int RowsRead = 400;

    /// <summary>Rows for every entry, in the words of the world as it is: what its producers send.</summary>
    public async Task<ImmutableArray<ProbeRows>> MakeRowsAsync(World world, CancellationToken cancel)
    {
        var found = ImmutableArray.CreateBuilder<ProbeRows>();
        foreach (var entry in Entries(world))
        {
            var columns = entry.Shape.Columns.Where(Conversions.TakesValues).ToList();
            var constants = Flow.Downstream(world, entry).SelectMany(item => item.Constants).Distinct().Take(12).ToList();
            var select = string.Join(", ", columns.Select((column, i) => $"{Pick(column.Type, i, constants)} AS {Quote.Name(column.Name)}"));
            try
            {
                var text = await rigs[entry.Ref.Role].TextAsync($"SELECT * FROM (SELECT {select} FROM numbers({Rows})){Lookups.RowsFor(world, entry)} FORMAT JSONEachRow", cancel);
                found.Add(new ProbeRows(entry.Ref, [.. RoleRig.Lines(text)]));
            }
            catch (ServerErrorException)
            {
                // A type of which no value can be made here: this entry is not probed.
            }
        }

        return found.ToImmutable();
    }

    /// <summary>Inserts, and keeps the rows that were taken.</summary>
    public async Task<ProbeInsert> InsertAsync(ProbeRows rows, CancellationToken cancel)
    {
        if (await InsertAsync(rows.Entry, rows.Lines, cancel) is null)
            return new ProbeInsert(rows, null, "");
        var taken = ImmutableArray.CreateBuilder<string>();
        var (first, line) = ((EngineFault?)null, "");
        foreach (var row in rows.Lines)
        {
            var fault = await InsertAsync(rows.Entry, [row], cancel);
            if (fault is null)
                taken.Add(row);
            else if (first is null)
                (first, line) = (fault, row);
        }

        return new ProbeInsert(rows with { Lines = taken.ToImmutable() }, first, line);
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

    /// <summary>The values of a column, one a row, in another order for each column so that they meet in many ways.</summary>
    private static string Pick(string type, int column, List<string> constants)
    {
        var values = BoundaryValues.Of(type).ToList();
        if (type is "String" or "LowCardinality(String)" or "Nullable(String)")
            values.InsertRange(0, constants.Select(value => $"CAST({Quote.Text(value)} AS {type})"));
        if (values.Count == 0)
            return $"(SELECT v FROM generateRandom({Quote.Text($"v {type}")}, {column + 1}, 8, 3) LIMIT 1)";
        var stride = column % 2 == 0 ? 1 : 3;
        return $"multiIf({string.Join(", ", values.Select((value, i) => $"(number * {stride} + {column}) % {values.Count} = {i}, {value}").Take(values.Count - 1))}{(values.Count > 1 ? ", " : "")}{values[^1]})"
            .Replace($"multiIf({values[^1]})", values[^1], StringComparison.Ordinal);
    }

    private async Task<ProbeReading> ReadAsync(ObjectState item, CancellationToken cancel)
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
