using Millrace.Core.Model;
using Millrace.DevCluster;

namespace Millrace.Bench.Chaos;

/// <summary>The project folder of the fleet under chaos: one stream, whose declaration the faults change.</summary>
internal sealed class ChaosProject(string folder, bool acceptLoss)
{
    public const string Topic = "events";
    public const string Table = "chaos.sharded_events";
    public const string WritableTable = "chaos.writable_events";
    public const string ErrorTable = "chaos.events_errors";
    public const int Partitions = 4;

    private int columns;
    private int consumers = 1;

    public string Folder { get; } = folder;

    public void Write(Fleet fleet)
    {
        Directory.CreateDirectory(Path.Combine(Folder, "pipelines"));
        var policy = acceptLoss ? "policies: { background_inserts: accept-loss }\n" : "";
        File.WriteAllText(Path.Combine(Folder, "millrace.yaml"), $"name: chaos\n{policy}");
        FleetFile.Write(Folder, fleet, passwordVariable: null);
        WritePipeline();
    }

    /// <summary>A column more on every table and view of the stream.</summary>
    public void AddColumn()
    {
        columns++;
        WritePipeline();
    }

    /// <summary>Another number of consumers: the Kafka tables are made anew.</summary>
    public void Retune()
    {
        consumers = 3 - consumers;
        WritePipeline();
    }

    private void WritePipeline()
    {
        var extra = string.Concat(Enumerable.Range(1, columns).Select(i => $", extra_{i}: String"));
        // Moved into its place as a whole: the watch reads it at any time.
        var file = Path.Combine(Folder, "pipelines", "events.yaml");
        File.WriteAllText(file + ".new", $$"""
            pipeline: events
            role: events
            columns: { id: UInt64, body: String{{extra}} }
            legs:
              - broker: msk
                topic: {{Topic}}
                group: chaos
                partitions: {{Partitions}}
                consumers: {{consumers}}
                settings: { kafka_flush_interval_ms: 500 }
            into: { table: events, engine: ReplacingMergeTree(_timestamp), order_by: [id], shard_by: sipHash64(id) }
            errors: { table: events_errors }
            """);
        File.Move(file + ".new", file, overwrite: true);
    }
}
