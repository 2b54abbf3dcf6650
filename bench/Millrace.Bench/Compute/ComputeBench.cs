using System.Text.Json.Nodes;
using Millrace.Bench.Measuring;

namespace Millrace.Bench.Compute;

/// <summary>What query layers take off storage, and whether one layer's storm is felt on another.</summary>
public sealed class ComputeBench : IBench
{
    private const long Rows = 6_000_000;

    public string Name => "compute";

    public string Summary => "CPU of six query shapes on query and storage nodes; response times of one layer while another is flooded";

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        using var folder = new ScratchFolder();
        await using var cluster = await ComputeCluster.StartAsync(folder.Path, Rows, cancel);
        return new JsonObject
        {
            ["rows"] = Rows,
            ["split"] = await SplitBench.RunAsync(cluster, report, cancel),
            ["storm"] = await StormBench.RunAsync(cluster, report, cancel),
        };
    }
}
