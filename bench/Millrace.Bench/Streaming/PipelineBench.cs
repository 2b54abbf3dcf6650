using System.Text.Json.Nodes;
using Millrace.Bench.Measuring;

namespace Millrace.Bench.Streaming;

/// <summary>What it costs to bring events from Kafka to a sharded table: over a stateless node, and the classic way.</summary>
public sealed class PipelineBench : IBench
{
    private const int Rows = 300_000;
    private const int WarmUpRows = 20_000;
    private const int Repetitions = 2;
    private const int Attempts = 3;

    /// <summary>clickhouse_sinker's own figure: 142,000 rows a second on 11 cores, messages of 754 bytes.</summary>
    private const int SinkerRowsPerCoreSecond = 142_000 / 11;

    public string Name => "pipeline";

    public string Summary => "rows/s and CPU per million rows from Kafka to storage, against Kafka tables on storage nodes";

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        using var scratch = new ScratchFolder();
        await using var cluster = await BenchCluster.StartAsync(scratch.Path, ["warmup", "events"], cancel);
        cluster.Produce("warmup", WarmUpRows);
        var bytes = cluster.Produce("events", Rows);
        report.WriteLine($"{Rows:N0} events of {bytes / Rows} bytes wait in Kafka; 8 columns are extracted; {EventStream.Consumers} consumers");
        foreach (var design in All(cluster, "warmup"))
            await MeasureAsync(cluster, design, "warmup", WarmUpRows, cancel);

        var drains = new Dictionary<string, List<Drain>>(StringComparer.Ordinal);
        for (var repetition = 1; repetition <= Repetitions; repetition++)
            foreach (var design in All(cluster, "events"))
            {
                var drain = await MeasureAsync(cluster, design, $"run{repetition}", Rows, cancel);
                Write(report, design, drain);
                drains.TryAdd(design.Name, []);
                drains[design.Name].Add(drain);
            }

        return Figures((int)(bytes / Rows), drains.ToDictionary(d => d.Key, d => Cheapest(d.Value), StringComparer.Ordinal));
    }

    private static Design[] All(BenchCluster cluster, string topic)
    {
        var designs = new Designs(cluster, topic);
        return [designs.Ours, designs.Classic, designs.OursOnStorage];
    }

    private static async Task<Drain> MeasureAsync(BenchCluster cluster, Design design, string run, int rows, CancellationToken cancel)
    {
        for (var attempt = 1; attempt <= Attempts; attempt++)
            if (await new DrainRun(cluster, design, $"{design.Name}_{run}_{attempt}", rows).MeasureAsync(cancel) is { } drain)
                return drain;
        throw new InvalidOperationException($"{design.Name}: rows came twice in {Attempts} runs, so there is no figure");
    }

    /// <summary>The repetition that cost least CPU: what other programs on the machine do only ever adds.</summary>
    private static Drain Cheapest(IEnumerable<Drain> drains) => drains.MaxBy(drain => drain.RowsPerCpuSecond)!;

    private static void Write(TextWriter report, Design design, Drain drain) => report.WriteLine(
        $"{design.Name,-20} {drain.RowsPerSecond,8:N0} rows/s   CPU s: ingestion {drain.IngestionCpu,6:0.00}, storage {drain.StorageCpu,6:0.00}"
        + $"   {drain.RowsPerCpuSecond,8:N0} rows per CPU second");

    private static JsonObject Figures(int bytes, Dictionary<string, Drain> drains)
    {
        var ours = drains["ours"].RowsPerCpuSecond;
        return new JsonObject
        {
            ["rows"] = Rows,
            ["bytes_per_event"] = bytes,
            ["consumers"] = EventStream.Consumers,
            ["ours"] = Figures(drains["ours"]),
            ["classic"] = Figures(drains["classic"]),
            ["ours_on_storage"] = Figures(drains["ours_on_storage"]),
            ["ratio_rows_per_cpu_s"] = Math.Round(ours / drains["classic"].RowsPerCpuSecond, 2),
            ["ratio_to_ours_on_storage"] = Math.Round(ours / drains["ours_on_storage"].RowsPerCpuSecond, 2),
            ["sinker_published_rows_per_core_s"] = SinkerRowsPerCoreSecond,
            ["ratio_to_sinker_published"] = Math.Round(ours / SinkerRowsPerCoreSecond, 2),
        };
    }

    private static JsonObject Figures(Drain drain) => new()
    {
        ["rows_per_s"] = Math.Round(drain.RowsPerSecond),
        ["cpu_s_per_million"] = new JsonObject
        {
            ["ingestion"] = PerMillion(drain.IngestionCpu, drain.Rows),
            ["storage"] = PerMillion(drain.StorageCpu, drain.Rows),
        },
        ["rows_per_cpu_s"] = Math.Round(drain.RowsPerCpuSecond),
    };

    private static double PerMillion(double seconds, long rows) => Math.Round(seconds * 1_000_000 / rows, 2);
}
