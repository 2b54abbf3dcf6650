using System.Text.Json.Nodes;

namespace Millrace.Bench.Extract;

/// <summary>
/// Events per CPU second on one thread, by ways to turn a JSON column into columns. CPU time of the server's own query
/// log, because a busy machine lengthens the wall clock; the best of several rounds, taken in turns.
/// </summary>
public sealed class ExtractBench : IBench
{
    private const int Rows = 200_000;
    private const int DistinctEvents = 20_000;
    private const int Rounds = 6;
    private const int SlowRounds = 2;

    /// <summary>The shapes of the comparison, then two that are harder on the generated SQL than on the others.</summary>
    private static readonly EventShape[] Shapes =
    [
        new("flat"), new("nested", Nested: true), new("nulls", Nulls: 4), new("escapes", Escapes: true),
    ];

    private static readonly int[] ColumnCounts = [24, 120];

    public string Name => "extract";

    public string Summary => "events per CPU second: the published recipe, the once-parse, ours, and the floor";

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        await using var server = await EventServer.StartAsync(cancel);
        report.WriteLine($"Events per CPU second, one thread, {Rows:N0} events in blocks of {EventServer.BlockRows:N0}");
        var runs = new JsonArray();
        foreach (var shape in Shapes)
        {
            var size = await server.FillAsync([.. shape.Events(DistinctEvents)], Rows, cancel);
            foreach (var columns in ColumnCounts)
            {
                report.WriteLine($"\n{shape.Name}, {EventShape.Keys.Count} keys, {size:N0} bytes, {columns} columns");
                var figures = await MeasureAsync(server, columns, report, cancel);
                figures.Insert(0, "shape", shape.Name);
                runs.Add(figures);
            }
        }

        var main = (JsonObject)runs[0]!.DeepClone();
        main.Remove("shape");
        main["runs"] = runs;
        return main;
    }

    private static async Task<JsonObject> MeasureAsync(EventServer server, int columns, TextWriter report, CancellationToken cancel)
    {
        var contenders = Contender.All(EventShape.Extracted(columns));
        var ids = contenders.ToDictionary(contender => contender, _ => new List<string>());
        for (var round = 0; round < Rounds; round++)
            foreach (var contender in contenders)
                if (!contender.Slow || round < SlowRounds)
                    ids[contender].Add(await server.MeasureAsync(contender.Sql, cancel));

        var figures = new JsonObject { ["columns"] = columns };
        foreach (var contender in contenders)
            figures[contender.Name] = Math.Round(Rows / await server.LeastCpuSecondsAsync(ids[contender], cancel));
        foreach (var (name, rate) in contenders.Select(c => (c.Name, (double)figures[c.Name]!)))
            report.WriteLine(
                $"{name,-28} {rate,12:N0}   {rate / (double)figures["recipe"]!,6:0.0} x recipe"
                + $"   {rate / (double)figures["once_parse"]!,5:0.00} x once-parse");
        return figures;
    }
}
