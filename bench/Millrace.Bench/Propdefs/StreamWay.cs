using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Sql;

namespace Millrace.Bench.Propdefs;

/// <summary>ClickHouse does it, as Millrace declares it: from the events themselves, or from a topic that is re-keyed first.</summary>
internal class StreamWay(PropdefsCluster cluster, string name, string summary, bool rekeyed) : IWay
{
    /// <summary>On each of the two nodes.</summary>
    public const int Consumers = 4;

    private const string Definitions = "property_definitions";

    /// <summary>How long a block may wait for more rows; the worker waits as long.</summary>
    public static readonly TimeSpan Flush = TimeSpan.FromSeconds(1);

    private static readonly ImmutableArray<Column> Columns =
    [
        new("project_id", "Int64"), new("event", "String"), new("timestamp", "DateTime64(6, 'UTC')"), new("properties", "String"),
    ];

    protected static readonly ImmutableArray<ComputedColumn> Properties =
    [
        new("property", "String", "arrayJoin(JSONExtractKeys(properties))"),
        new("property_type", "String", "toString(JSONType(properties, property))"),
    ];

    public string Name => name;

    public string Summary => summary;

    public IReadOnlyList<(string Topic, string Group)> Reads => rekeyed
        ? [(PropdefsCluster.Events, $"{name}_shuffle"), (PropdefsCluster.ByName, name)]
        : [(PropdefsCluster.Events, name)];

    protected PropdefsCluster Cluster => cluster;

    public virtual Task StartAsync(CancellationToken cancel) => cluster.ApplyAsync(Declare(), cancel);

    public async Task<bool> HasBegunAsync(CancellationToken cancel)
    {
        foreach (var node in cluster.Ingestion)
            if (await NumberAsync(node, $"SELECT count() FROM system.kafka_consumers WHERE database = '{name}' AND num_messages_read > 0", cancel) > 0)
                return true;
        return false;
    }

    public async Task StopAsync(CancellationToken cancel)
    {
        foreach (var node in cluster.Fleet.Nodes)
            await cluster.Connect(node.Name).ExecuteAsync($"DROP DATABASE IF EXISTS {name} SYNC", cancel: cancel);
    }

    protected Project Declare() => new()
    {
        Name = name,
        Database = name,
        Fleet = cluster.Fleet,
        Pipelines =
        [
            .. rekeyed ? [Rekeying()] : ImmutableArray<Pipeline>.Empty,
            Of(Definitions, Reads[^1], new PostgresSink
            {
                Connection = "main", Table = name, Keys = ["project_id", "event", "property"],
                Update = [new("property_type", UpdateRule.Latest), new("timestamp", UpdateRule.Max)],
            }) with { Select = Properties },
        ],
    };

    protected ImmutableArray<DeclaredObject> Objects(params ObjectPurpose[] purposes) =>
        [.. Compiler.Compile(Declare()).Where(item => purposes.Contains(item.Purpose))];

    /// <summary>Of the Kafka tables.</summary>
    protected virtual ImmutableSortedDictionary<string, string> Settings { get; } =
        ImmutableSortedDictionary<string, string>.Empty.Add("kafka_flush_interval_ms", $"{Flush.TotalMilliseconds}");

    private Pipeline Rekeying() => Of(
        "rekeying", Reads[0], new KafkaSink { Broker = "msk", Topic = PropdefsCluster.ByName, Key = "concat(toString(project_id), ':', event)" });

    private Pipeline Of(string pipeline, (string Topic, string Group) read, Sink into) => new()
    {
        Name = pipeline,
        Role = "events",
        Columns = Columns,
        Legs =
        [
            new Leg
            {
                Name = "msk", Broker = "msk", Topic = read.Topic, Group = read.Group, Consumers = Consumers,
                Settings = Settings,
            },
        ],
        Into = into,
        Errors = new ErrorSink("errors"),
    };

    private async Task<long> NumberAsync(string node, string sql, CancellationToken cancel) =>
        long.Parse(Encoding.UTF8.GetString(await cluster.Connect(node).QueryAsync(sql, cancel: cancel)), System.Globalization.CultureInfo.InvariantCulture);
}
