using System.Xml.Linq;

namespace Millrace.Core.ServerConfig;

/// <summary>Writes a <see cref="NodeConfig"/> as a ClickHouse config file.</summary>
public static class NodeConfigXml
{
    private const string KafkaPrefix = "kafka.";

    public static string Render(NodeConfig config) =>
        new XElement(
            "clickhouse",
            Logger(config),
            Section("macros", config.Macros.Select(m => new XElement(m.Key, m.Value))),
            Section("remote_servers", config.Clusters.Select(c => Cluster(c, config))),
            Section("named_collections", config.Collections.Select(Collection)),
            Section("zookeeper", config.Keepers.Select(Keeper)),
            config.Keepers.IsEmpty ? null : new XElement("keeper_map_path_prefix", config.KeeperMapPrefix),
            config.StreamingSlots is { } slots ? new XElement("background_message_broker_schedule_pool_size", slots) : null,
            Log("query_log", config.LogDays),
            Log("part_log", config.LogDays),
            config.SchemaFolder is null ? null : new XElement("format_schema_path", config.SchemaFolder),
            config.UsersFile is null ? null : new XElement("users_config", config.UsersFile)) + "\n";

    /// <summary>Null when empty: an empty section would hide the server's own.</summary>
    private static XElement? Section(string name, IEnumerable<XElement> content)
    {
        var section = new XElement(name, content);
        return section.HasElements ? section : null;
    }

    private static XElement? Logger(NodeConfig config) => config.LogFile is not { } file ? null : new XElement(
        "logger",
        new XElement("level", "information"),
        new XElement("log", file),
        new XElement("errorlog", file.EndsWith(".log", StringComparison.Ordinal) ? file[..^4] + ".err.log" : file + ".err.log"),
        new XElement("size", "50M"),
        new XElement("count", "2"));

    private static XElement Cluster(RemoteCluster cluster, NodeConfig config) => new(
        cluster.Name,
        config.ClusterSecret.IsEmpty ? null : new XElement("secret", config.ClusterSecret.Reveal()),
        cluster.Shards.Select(shard => new XElement(
            "shard",
            new XElement("internal_replication", shard.InternalReplication ? "true" : "false"),
            shard.Replicas.Select(r => new XElement("replica", new XElement("host", r.Host), new XElement("port", r.Port))))));

    private static XElement Collection(NamedCollection collection) => new(
        collection.Name,
        collection.Entries.Where(entry => !entry.Key.StartsWith(KafkaPrefix, StringComparison.Ordinal))
            .Select(entry => new XElement(entry.Key, entry.Value.Reveal())),
        Section("kafka", collection.Entries.Where(entry => entry.Key.StartsWith(KafkaPrefix, StringComparison.Ordinal))
            .Select(entry => new XElement(entry.Key[KafkaPrefix.Length..], entry.Value.Reveal()))));

    private static XElement Keeper(HostPort keeper) =>
        new("node", new XElement("host", keeper.Host), new XElement("port", keeper.Port));

    private static XElement? Log(string name, int days) => days == 0 ? null : new XElement(
        name,
        new XElement("database", "system"),
        new XElement("table", name),
        new XElement("partition_by", "event_date"),
        new XElement("ttl", $"event_date + INTERVAL {days} DAY DELETE"),
        new XElement("flush_interval_milliseconds", "7500"));
}
