using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Breaking;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Sends boundary values down each type path on the real engine, and reads back what arrived.</summary>
internal sealed class CastBench(RoleRig rig)
{
    private const string Database = "millrace_casts";
    private const int Parallelism = 4;

    private static readonly int[] NeverConverts = [43, 44, 53, 70, 386, 48, 117];

    private int _number;

    public async Task<ImmutableDictionary<TypePath, CastVerdict>> JudgeAsync(IEnumerable<TypePath> paths, CancellationToken cancel)
    {
        var asked = paths.Where(path => !path.IsTrivial).Distinct().ToList();
        var open = asked.Where(path => !rig.Verdicts.ContainsKey(path)).ToList();
        if (open.Count > 0)
            await rig.InScratchAsync(
                Database,
                () => Parallel.ForEachAsync(
                    open,
                    new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancel },
                    async (path, stop) => rig.Verdicts[path] = await JudgeAsync(path, stop)),
                cancel);
        return asked.ToImmutableDictionary(path => path, path => rig.Verdicts[path]);
    }

    /// <summary>Of types that no table can hold, or that only a setting allows, nothing is said.</summary>
    private async Task<CastVerdict> JudgeAsync(TypePath path, CancellationToken cancel)
    {
        try
        {
            return await MeasureAsync(path, cancel);
        }
        catch (ServerErrorException)
        {
            return CastVerdict.Unknown;
        }
    }

    private async Task<CastVerdict> MeasureAsync(TypePath path, CancellationToken cancel)
    {
        var set = new TableSet(Interlocked.Increment(ref _number));
        var count = await FillAsync(set, path, cancel);
        if (count == 0)
            return CastVerdict.Unknown; // Not even random values can be made of this type: nothing can be said.
        if (await PrepareAsync(set, path, cancel) is { } impossible)
            return new CastVerdict { Impossible = impossible };
        var refused = await RefusedAsync(set, path, cancel);
        if (refused.Length == count && refused.All(item => NeverConverts.Contains(item.Fault.Code)))
            return new CastVerdict { Impossible = refused[0].Fault };
        var (altered, poisoned) = await CompareAsync(set, path, cancel);
        return new CastVerdict { Altered = altered, Refused = refused, Poisoned = poisoned };
    }

    private async Task<int> FillAsync(TableSet set, TypePath path, CancellationToken cancel)
    {
        var type = path.From;
        await rig.Node.ExecuteAsync($"CREATE TABLE {set.Values} (i UInt32, v {type}) ENGINE = Memory", rig.Tolerating, cancel);
        var values = path.Values.IsEmpty ? BoundaryValues.Of(type, [.. path.Types.SelectMany(type => JsonPath.In(type))]) : [.. path.Values.Select(value => $"CAST({value} AS {type})")];
        var all = string.Join(" UNION ALL ", values.Select((value, i) => $"SELECT toUInt32({i}), {value}"));
        if (values.IsEmpty || await TryAsync($"INSERT INTO {set.Values} {all}", cancel) is not null)
            for (var i = 0; i < values.Length; i++)
                await TryAsync($"INSERT INTO {set.Values} SELECT toUInt32({i}), {values[i]}", cancel);
        if (values.IsEmpty)
            await TryAsync($"INSERT INTO {set.Values} SELECT rowNumberInAllBlocks(), v FROM generateRandom({Quote.Text($"v {type}")}, 7, 12, 3) LIMIT 24", cancel);
        return int.Parse(await rig.TextAsync($"SELECT count() FROM {set.Values} FORMAT TSV", cancel));
    }

    private async Task<EngineFault?> PrepareAsync(TableSet set, TypePath path, CancellationToken cancel)
    {
        await rig.Node.ExecuteAsync($"CREATE TABLE {set.Target} (i UInt32, v {path.To}) ENGINE = Memory", rig.Tolerating, cancel);
        if (path.Kind is not (ConversionKind.Push or ConversionKind.Header))
            return null;
        // A frozen header comes about as in life: the view is made first, then its source changes.
        var first = path.Kind == ConversionKind.Header ? path.Types[1] : path.From;
        await rig.Node.ExecuteAsync($"CREATE TABLE {set.Source} (i UInt32, v {first}) ENGINE = Null", rig.Tolerating, cancel);
        if (await TryAsync($"CREATE MATERIALIZED VIEW {set.View} TO {set.Target} AS SELECT i, v FROM {set.Source}", cancel) is { } fault)
            return fault;
        return path.Kind == ConversionKind.Header
            ? await TryAsync($"ALTER TABLE {set.Source} MODIFY COLUMN v {path.From}", cancel)
            : null;
    }

    private async Task<ImmutableArray<(string Sent, EngineFault Fault)>> RefusedAsync(TableSet set, TypePath path, CancellationToken cancel)
    {
        if (await SendAsync(set, path, "", cancel) is null)
            return [];
        var refused = ImmutableArray.CreateBuilder<(string, EngineFault)>();
        foreach (var i in RoleRig.Lines(await rig.TextAsync($"SELECT i FROM {set.Values} ORDER BY i FORMAT TSV", cancel)))
            if (await SendAsync(set, path, $"WHERE i = {i}", cancel) is { } fault)
                refused.Add((await SentAsync(set, path, i, cancel), fault));
        return refused.ToImmutable();
    }

    private async Task<EngineFault?> SendAsync(TableSet set, TypePath path, string where, CancellationToken cancel)
    {
        switch (path.Kind)
        {
            case ConversionKind.Push or ConversionKind.Header:
                return await TryAsync($"INSERT INTO {set.Source} SELECT i, v FROM {set.Values} {where}", cancel);
            case ConversionKind.Message:
                var message = await rig.TextAsync($"SELECT i, v FROM {set.Values} {where} FORMAT JSONEachRow", cancel);
                return await TryAsync($"INSERT INTO {set.Target} FORMAT JSONEachRow\n{message}", cancel);
            default:
                return await TryAsync($"INSERT INTO {set.Target} SELECT i, CAST(v AS {path.To}) FROM {set.Values} {where}", cancel);
        }
    }

    private async Task<(ImmutableArray<(string, string)> Altered, ImmutableArray<(string, EngineFault)> Poisoned)> CompareAsync(
        TableSet set, TypePath path, CancellationToken cancel)
    {
        var altered = ImmutableArray.CreateBuilder<(string, string)>();
        var poisoned = ImmutableArray.CreateBuilder<(string, EngineFault)>();
        var readable = $"SELECT {ToText("v", path.To)} FROM {set.Target}";
        try
        {
            await rig.TextAsync($"{readable} FORMAT Null", cancel);
            altered.AddRange(Pairs(await rig.TextAsync(CompareSql(set, path, ""), cancel)));
        }
        catch (ServerErrorException)
        {
            foreach (var i in RoleRig.Lines(await rig.TextAsync($"SELECT i FROM {set.Target} ORDER BY i FORMAT TSV", cancel)))
                if (await TryAsync($"{readable} WHERE i = {i} FORMAT Null", cancel) is { } fault)
                    poisoned.Add((await SentAsync(set, path, i, cancel), fault));
                else
                    altered.AddRange(await CompareOneAsync(set, path, i, readable, cancel));
        }

        return (altered.ToImmutable(), poisoned.ToImmutable());
    }

    /// <summary>A value that cannot even be cast back has become another, unless it reads as it did: a Variant casts to larger ones only.</summary>
    private async Task<IEnumerable<(string, string)>> CompareOneAsync(TableSet set, TypePath path, string i, string readable, CancellationToken cancel)
    {
        try
        {
            return Pairs(await rig.TextAsync(CompareSql(set, path, $"AND t.i = {i}"), cancel));
        }
        catch (ServerErrorException)
        {
            var stored = (await rig.TextAsync($"{readable} WHERE i = {i} FORMAT TSV", cancel)).TrimEnd('\n');
            var (sent, read) = (await SentAsync(set, path, i, cancel), ShownValue.Of(stored));
            return sent == read ? [] : [(sent, read)];
        }
    }

    /// <summary>A value is as it was when casting it back gives what was sent; a sign that wraps would wrap back, so integers must read the same too.</summary>
    private static string CompareSql(TableSet set, TypePath path, string and) => $"""
        SELECT {ToText("s.v", path.From)} AS sent, {ToText("t.v", path.To)} AS stored
        FROM {set.Values} AS s INNER JOIN {set.Target} AS t ON s.i = t.i
        WHERE ({ToText($"CAST(t.v AS {path.From})", path.From)} != sent{(IsInteger(path.From) && IsInteger(path.To) ? " OR stored != sent" : "")}) {and}
        ORDER BY s.i FORMAT TSV
        """;

    private static bool IsInteger(string type) => type.TrimStart('U').StartsWith("Int", StringComparison.Ordinal) && !type.Contains('(', StringComparison.Ordinal);

    private static string ToText(string expression, string type)
    {
        var value = type.StartsWith("AggregateFunction(", StringComparison.Ordinal) ? $"finalizeAggregation({expression})" : expression;
        return $"ifNull(toString({value}), 'NULL')";
    }

    private async Task<string> SentAsync(TableSet set, TypePath path, string i, CancellationToken cancel) =>
        ShownValue.Of((await rig.TextAsync($"SELECT {ToText("v", path.From)} FROM {set.Values} WHERE i = {i} FORMAT TSV", cancel)).TrimEnd('\n'));

    private static IEnumerable<(string, string)> Pairs(string text) =>
        RoleRig.Lines(text).Select(line => line.Split('\t')).Select(pair => (ShownValue.Of(pair[0]), ShownValue.Of(pair[1])));

    private async Task<EngineFault?> TryAsync(string sql, CancellationToken cancel)
    {
        try
        {
            await rig.Node.ExecuteAsync(sql, rig.InDatabase, cancel);
            return null;
        }
        catch (ServerErrorException error)
        {
            return RoleRig.FaultOf(error);
        }
    }

    private sealed record TableSet(int Number)
    {
        public string Values => $"{Database}.values_{Number}";

        public string Source => $"{Database}.source_{Number}";

        public string View => $"{Database}.view_{Number}";

        public string Target => $"{Database}.target_{Number}";
    }
}
