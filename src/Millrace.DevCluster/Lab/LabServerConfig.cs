using System.Xml.Linq;
using Millrace.Engine.Lab;

namespace Millrace.DevCluster.Lab;

/// <summary>The server config of a lab: every name that declarations use, every address a dead end.</summary>
internal static class LabServerConfig
{
    /// <summary>Part of the cache key: raise it when this file changes what a lab answers.</summary>
    public const int Version = 4;

    /// <summary>A port that nobody listens on: connecting fails at once.</summary>
    private const string DeadEnd = "127.0.0.1";

    public const string Users = """
        <clickhouse>
          <profiles><default><distributed_foreground_insert>1</distributed_foreground_insert><fsync_metadata>0</fsync_metadata></default></profiles>
          <users><default><password/><profile>default</profile><networks><ip>127.0.0.1</ip></networks>
            <access_management>1</access_management><named_collection_control>1</named_collection_control></default></users>
          <quotas><default/></quotas>
        </clickhouse>
        """;

    public static string Render(LabConfig config, string folder) =>
        new XElement(
            "clickhouse",
            new XElement("logger", new XElement("level", "error"), new XElement("log", Path.Combine(folder, "lab.log"))),
            new XElement("users_config", Path.Combine(folder, "users.xml")),
            new XElement("format_schema_path", Path.Combine(folder, "format_schemas")),
            new XElement("macros", new XElement("shard", "1"), new XElement("replica", "lab"), new XElement("hostClusterRole", "lab")),
            Keeper(config.Works),
            // What older servers have accepted is judged as well, not refused.
            config.Works ? new XElement("merge_tree", new XElement("allow_dimensions_outside_sorting_key", 1)) : null,
            new XElement("remote_servers", config.Clusters.Select(name => Cluster(name, config.ClusterPorts.GetValueOrDefault(name, 1)))),
            new XElement("named_collections", config.Collections.Select(Collection), config.Databases.Select(Database))).ToString();

    private static XElement Keeper(bool works) => new(
        "zookeeper",
        works
            ? new XElement("implementation", "testkeeper") // ClickHouse's own, in its memory.
            : new XElement("node", new XElement("host", DeadEnd), new XElement("port", 1)));

    private static XElement Cluster(string name, int port) =>
        new(name, new XElement("shard", new XElement("replica", new XElement("host", DeadEnd), new XElement("port", port))));

    private static XElement Database(string name) =>
        new(name, new XElement("host", DeadEnd), new XElement("port", 1), new XElement("user", "lab"), new XElement("password", "lab"), new XElement("database", "lab"));

    private static XElement Collection(string name) =>
        new(name, new XElement("kafka_broker_list", $"{DeadEnd}:1"));
}
