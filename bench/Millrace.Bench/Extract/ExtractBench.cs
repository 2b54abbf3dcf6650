using System.Text.Json.Nodes;
using Millrace.Engine;

namespace Millrace.Bench.Extract;

/// <summary>
/// Events per CPU second on one thread, by ways to turn a JSON column into columns. CPU time of the server's own query
/// log, because a busy machine lengthens the wall clock; the best of several rounds, taken in turns.
/// </summary>
/// <param name="alternatives">Measures the ways that were considered and not taken, too, and events that are harder on the generated SQL.</param>
public sealed class ExtractBench(bool alternatives = false) : IBench
{
    private const int Rows = 2 * EventServer.BlockRows;
    private const int DistinctEvents = 20_000;

    /// <summary>Fewer where there is more to extract: the recipe parses every event once per column.</summary>
    private static int Rounds(int columns) => columns > 24 ? 8 : 15;

    private static readonly (EventShape Shape, int Columns)[] Compared =
    [
        (new("flat"), 24), (new("flat"), 120), (new("nested", Nested: true), 24), (new("nested", Nested: true), 120),
    ];

    private static readonly (EventShape Shape, int Columns)[] Harder =
    [
        (new("nulls", Nulls: 4), 24), (new("escapes", Escapes: true), 24),
    ];

    public string Name => "extract";

    public string Summary => "events per CPU second: the published recipe, the once-parse, ours, and the floor";

    public IBench With(IReadOnlyList<string> options) => options switch
    {
        [] => this,
        ["--alternatives"] => new ExtractBench(alternatives: true),
        _ => throw new UserErrorException($"the bench {Name} knows the option --alternatives only, not {string.Join(' ', options)}"),
    };

    /// <summary>At least 10 times the recipe; 1.2 times the once-parse, with the map 1.1 times.</summary>
    public bool Holds(JsonObject figures) => ((JsonArray)figures["runs"]!)
        .Where(run => Compared.Any(c => c.Shape.Name == (string)run!["shape"]!))
        .All(run => Ratio(run!, "ours_columns", "recipe") >= 10
            && Ratio(run!, "ours_columns", "once_parse") >= 1.2
            && Ratio(run!, "ours_columns_and_map", "once_parse") >= 1.1);

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        await using var server = await EventServer.StartAsync(cancel);
        report.WriteLine($"Events per CPU second, one thread, {Rows:N0} events in blocks of {EventServer.BlockRows:N0}");
        var runs = new JsonArray();
        foreach (var (shape, columns) in alternatives ? [.. Compared, .. Harder] : Compared)
        {
            var size = await server.FillAsync([.. shape.Events(DistinctEvents)], Rows, cancel);
            report.WriteLine($"\n{shape.Name}, {EventShape.Keys.Count} keys, {size:N0} bytes, {columns} columns");
            var keys = EventShape.Extracted(columns);
            var figures = await MeasureAsync(server, Rounds(columns), alternatives ? [.. Contender.Usual(keys), .. Contender.Others(keys, server.MessageFile)] : Contender.Usual(keys), cancel);
            foreach (var (name, rate) in figures.Select(f => (f.Key, (double)f.Value!)))
                report.WriteLine(
                    $"{name,-34} {rate,12:N0}   {rate / (double)figures["recipe"]!,6:0.0} x recipe"
                    + $"   {rate / (double)figures["once_parse"]!,5:0.00} x once-parse");
            figures.Insert(0, "columns", columns);
            figures.Insert(0, "shape", shape.Name);
            runs.Add(figures);
        }

        var main = (JsonObject)runs[0]!.DeepClone();
        main.Remove("shape");
        main["runs"] = runs;
        return main;
    }

    private static async Task<JsonObject> MeasureAsync(
        EventServer server, int rounds, IReadOnlyList<Contender> contenders, CancellationToken cancel)
    {
        var ids = contenders.ToDictionary(contender => contender, _ => new List<string>());
        for (var round = 0; round < rounds; round++)
            foreach (var contender in contenders.Where(c => !c.Slow || round % 5 == 1))
                ids[contender].Add(await server.MeasureAsync(contender.Sql, cancel));

        var figures = new JsonObject();
        foreach (var contender in contenders)
            figures[contender.Name] = Math.Round((contender.Slow ? EventServer.BlockRows : Rows) / await server.LeastCpuSecondsAsync(ids[contender], cancel));
        return figures;
    }

    private static double Ratio(JsonNode run, string ours, string theirs) => (double)run[ours]! / (double)run[theirs]!;
}
