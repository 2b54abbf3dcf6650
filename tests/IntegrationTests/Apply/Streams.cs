using Millrace.Bench.Running;
using Millrace.Core.Model;
using Millrace.DevCluster;
using Millrace.Embedded;
using Millrace.Kafka;

namespace Millrace.IntegrationTests.Apply;

/// <summary>A small fleet with a broker, and a project folder whose pipelines a test writes.</summary>
internal sealed class Streams : IAsyncDisposable
{
    private readonly TempFolder files;

    private Streams(TempFolder files, EmbeddedCluster cluster)
    {
        this.files = files;
        Cluster = cluster;
    }

    public EmbeddedCluster Cluster { get; }

    public string Folder => files.Path;

    public static async Task<Streams> UpAsync(DevClusterSpec spec, CancellationToken cancel)
    {
        var folder = new TempFolder();
        var cluster = await EmbeddedCluster.UpAsync(spec, folder.Path, cancel: cancel);
        folder.Write("millrace.yaml", "name: demo\n");
        FleetFile.Write(folder.Path, cluster.Fleet, null);
        Directory.CreateDirectory(folder.File("pipelines"));
        return new Streams(folder, cluster);
    }

    /// <summary>Storage nodes, ingestion nodes, and topics of two partitions.</summary>
    public static DevClusterSpec Spec(int storage, int ingestion, params string[] topics) => new()
    {
        Roles = [new("data", RoleKind.Storage, storage), new("events", RoleKind.Ingestion, ingestion)],
        Topics = [.. topics.Select(topic => new TopicSpec(topic, 2))],
    };

    /// <summary>Declares a stream of ids from the topic of its name.</summary>
    /// <param name="select">Further computed columns.</param>
    public void Declare(string name, int consumers = 1, string select = "") => files.Write(
        $"pipelines/{name}.yaml",
        $"""
        pipeline: {name}
        role: events
        columns: {"{"} id: UInt64 {"}"}
        {(select.Length == 0 ? "" : $"select: {"{"} {select} {"}"}")}
        legs:
          - {"{"} broker: msk, topic: {name}, group: g_{name}, consumers: {consumers}, settings: {"{"} kafka_flush_interval_ms: 200, kafka_poll_timeout_ms: 100 {"}"} {"}"}
        into: {"{"} table: {name}, engine: ReplacingMergeTree, order_by: [id], shard_by: sipHash64(id) {"}"}
        errors: {"{"} table: ingestion_errors {"}"}
        """);

    public void Remove(string name) => File.Delete(files.File($"pipelines/{name}.yaml"));

    public Task<(int Exit, string Output, string Errors)> RunAsync(params string[] arguments) => MillraceInProcess.RunAsync(Folder, arguments);

    public async Task<string> QueryAsync(string node, string sql)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsync(Cluster.Http(node), new StringContent(sql));
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? text.Trim() : throw new InvalidOperationException(text);
    }

    public async ValueTask DisposeAsync()
    {
        await Cluster.DisposeAsync();
        files.Dispose();
    }
}
