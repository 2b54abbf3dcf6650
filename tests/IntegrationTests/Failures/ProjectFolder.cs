using System.Text;
using Millrace.Bench.Running;
using Millrace.DevCluster;

namespace Millrace.IntegrationTests.Failures;

/// <summary>A project on disk over a development cluster, for tests that run the tool on it.</summary>
internal sealed class ProjectFolder : IDisposable
{
    private readonly TempFolder folder = new();

    public ProjectFolder(EmbeddedCluster cluster, string name, params string[] pipelines)
    {
        folder.Write("millrace.yaml", $"name: {name}\n");
        FleetFile.Write(Path, cluster.Fleet, passwordVariable: null);
        Directory.CreateDirectory(folder.File("pipelines"));
        foreach (var pipeline in pipelines)
            Declare(pipeline);
    }

    public string Path => folder.Path;

    public string Fleet
    {
        get => File.ReadAllText(folder.File("fleet.yaml"));
        set => folder.Write("fleet.yaml", value);
    }

    /// <summary>A stream of <c>id</c> and <c>body</c>, with more lines in its <c>select</c>.</summary>
    public void Declare(string pipeline, params string[] select)
    {
        var text = new StringBuilder($"""
            pipeline: {pipeline}
            role: events
            columns: {"{ id: UInt64, body: String }"}
            legs:
              - {"{"} broker: msk, topic: {pipeline}, group: g_{pipeline} {"}"}
            into: {"{"} table: {pipeline}, engine: ReplacingMergeTree(_timestamp), order_by: [id], shard_by: sipHash64(id) {"}"}
            errors: {"{ table: errors }"}

            """);
        if (select.Length > 0)
            text.Append("select:\n").AppendJoin('\n', select.Select(line => $"  {line}")).Append('\n');
        folder.Write($"pipelines/{pipeline}.yaml", text.ToString());
    }

    /// <summary>Runs <c>millrace</c> on the folder.</summary>
    public Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments) => MillraceInProcess.RunAsync(Path, arguments);

    public string PathOf(string name) => folder.File(name);

    public void Dispose() => folder.Dispose();
}
