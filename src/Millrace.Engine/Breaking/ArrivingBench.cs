using System.Collections.Immutable;
using System.Text.Json;
using Millrace.Core.Breaking;
using Millrace.Core.Lineage;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>
/// Types say what may come out of a view; its SELECT may let less through: <c>WHERE x IS NOT NULL</c>. Rows with every
/// boundary value of what a column is made of go through a copy of the view into a table that takes them as they are, and
/// what arrives there is judged in place of the type.
/// </summary>
internal sealed class ArrivingBench(Rigs rigs, CastBench casts)
{
    private const string Database = "millrace_arriving";
    private const int MostRows = 4000;
    private const int MostValues = 400;

    /// <summary>Types whose values are not their texts.</summary>
    private static readonly string[] Composed = ["Array(", "Map(", "Tuple(", "JSON", "Dynamic", "Variant(", "AggregateFunction(", "Nested("];

    private readonly ChainProbe _probe = new(rigs.Roles, []);

    public async Task<ImmutableDictionary<(ObjectRef By, string Column, TypePath Path), CastVerdict>> JudgeAsync(ChangeFacts facts, CancellationToken cancel)
    {
        var judged = ImmutableDictionary.CreateBuilder<(ObjectRef, string, TypePath), CastVerdict>();
        foreach (var view in Conversions.Of(facts.After).Where(item => IsDoubtful(facts, item)).GroupBy(item => item.By.Ref).ToList())
            if (facts.After.PushersOf(facts.After.Find(view.Key)!).FirstOrDefault() is { } pusher)
                try
                {
                    await rigs.Roles[view.Key.Role].InScratchAsync(
                        Database, async () => judged.AddRange(await JudgeAsync(facts, facts.After.Find(view.Key)!, pusher, [.. view], cancel)), cancel);
                    await _probe.EmptyAsync(new World(Flow.Downstream(facts.After, pusher).Concat(Flow.Upstream(facts.After, facts.After.Find(view.Key)!)).DistinctBy(item => item.Ref), ImmutableDictionary<string, string>.Empty), cancel);
                }
                catch (ServerErrorException)
                {
                    // A SELECT that cannot be had a second time: then the types decide.
                }

        return judged.ToImmutable();
    }

    /// <summary>Where values that types allow are lost or refused, and it can be seen whether they come: NULL anywhere, others where a column is passed on as it is.</summary>
    private static bool IsDoubtful(ChangeFacts facts, Conversion item) =>
        item.Kind is ConversionKind.Push or ConversionKind.Header && item.By.IsTriggered && item.By.Fault is null && item.Path.Values.IsEmpty
        && facts.Verdict(item.Path) is { IsKnown: true, IsLossless: false, Impossible: null } verdict
        && (IsOnlyNull(verdict) || IsPassedOn(item));

    private static bool IsOnlyNull(CastVerdict verdict) =>
        verdict.Altered.IsEmpty && verdict.Poisoned.IsEmpty && verdict.Refused.All(pair => pair.Sent == "NULL");

    private static bool IsPassedOn(Conversion item) =>
        !Composed.Any(word => item.Path.From.Contains(word, StringComparison.Ordinal))
        && item.By.Origins.Where(origin => origin.Output == item.Column).ToList() is [{ Kind: EdgeKind.Direct }];

    private async Task<IEnumerable<KeyValuePair<(ObjectRef, string, TypePath), CastVerdict>>> JudgeAsync(
        ChangeFacts facts, ObjectState view, ObjectState pusher, ImmutableArray<Conversion> items, CancellationToken cancel)
    {
        var rig = rigs.Roles[view.Ref.Role];
        if (await _probe.MakeRowsAsync(facts.After, pusher, cancel) is not { } rows)
            return [];
        foreach (var entry in await _probe.MakeRowsAsync(facts.After, Flow.Upstream(facts.After, view).Where(item => item.Ref != pusher.Ref), cancel))
            await _probe.InsertAsync(entry, cancel);
        var columns = string.Join(", ", view.Output.Select(column => $"{Quote.Name(column.Name)} {column.Type}"));
        await rig.Node.ExecuteAsync($"CREATE TABLE {Database}.arrived ({columns}) ENGINE = Memory", rig.Tolerating, cancel);
        await rig.Node.ExecuteAsync($"CREATE MATERIALIZED VIEW {Database}.copy TO {Database}.arrived AS {view.Shape.AsSelect}", rig.Tolerating, cancel);
        var lines = await LinesAsync(rig, pusher, rows, [.. items.SelectMany(item => OriginsOf(item, pusher)).Distinct()], cancel);
        // The view itself, and others, may refuse some of these rows.
        var options = rig.InDatabase with { Settings = new Dictionary<string, string>(rig.InDatabase.Settings!, StringComparer.Ordinal) { ["materialized_views_ignore_errors"] = "1" } };
        await rig.Node.ExecuteAsync($"INSERT INTO {Quote.Name(pusher.Name)} FORMAT JSONEachRow\n{string.Join('\n', lines)}", options, cancel);
        if (await rig.TextAsync($"SELECT count() FROM {Database}.arrived FORMAT TSV", cancel) == "0\n")
            return []; // What lets no row through that can be thought of here says nothing of others.
        var found = new List<KeyValuePair<(ObjectRef, string, TypePath), CastVerdict>>();
        foreach (var item in items)
            if (await VerdictAsync(rig, item, facts.Verdict(item.Path), cancel) is { } verdict)
                found.Add(new((item.By.Ref, item.Column, item.Path), verdict));
        return found;
    }

    private async Task<CastVerdict?> VerdictAsync(RoleRig rig, Conversion item, CastVerdict byType, CancellationToken cancel)
    {
        var column = Quote.Name(item.Column);
        if (IsOnlyNull(byType))
            return await rig.TextAsync($"SELECT countIf(isNull({column})) FROM {Database}.arrived FORMAT TSV", cancel) == "0\n" ? CastVerdict.Lossless : null;
        var values = RoleRig.Lines(await rig.TextAsync(
            $"SELECT DISTINCT ifNull(concat('= ', toString({column})), 'NULL') FROM {Database}.arrived LIMIT {MostValues + 1} FORMAT JSONCompactEachRow", cancel))
            .Select(line => JsonSerializer.Deserialize<string[]>(line)![0]).ToList();
        if (values.Count > MostValues)
            return null;
        var path = item.Path with { Values = [.. values.Select(value => value == "NULL" ? value : Quote.Text(value[2..]))] };
        return (await casts.JudgeAsync([path], cancel))[path] is { IsKnown: true, IsLossless: true } ? CastVerdict.Lossless : null;
    }

    private static IEnumerable<string> OriginsOf(Conversion item, ObjectState pusher) =>
        item.By.Origins.Where(origin => origin.Output == item.Column && pusher.Column(origin.Column) is not null).Select(origin => origin.Column);

    /// <summary>Each row as it is, with each boundary value of the columns that count, and without any value that may be missing.</summary>
    private static async Task<IEnumerable<string>> LinesAsync(RoleRig rig, ObjectState pusher, ProbeRows rows, ImmutableArray<string> origins, CancellationToken cancel)
    {
        var optional = pusher.Shape.Columns.Where(column => Conversions.TakesValues(column) && TypeText.CanBeNull(column.Type)).Select(column => column.Name).ToList();
        var without = optional.Select(column => (IReadOnlyCollection<string>)[column]).Append(optional).ToList();
        var changes = new List<ImmutableDictionary<string, string>>();
        foreach (var origin in origins)
        {
            var values = BoundaryValues.Of(pusher.Column(origin)!.Type);
            if (!values.IsEmpty)
                changes.AddRange(RoleRig.Lines(await rig.TextAsync($"SELECT arrayJoin([{string.Join(", ", values)}]) FORMAT JSONCompactEachRow", cancel))
                    .Select(line => ImmutableDictionary<string, string>.Empty.Add(origin, line.Trim()[1..^1])));
        }

        return rows.Lines
            .Concat(rows.Lines.SelectMany(line => without.Select(columns => RowVariants.WithNull(line, columns))))
            .Concat(rows.Lines.SelectMany(line => changes.Select(change => RowVariants.With(line, change))))
            .Take(MostRows);
    }
}
