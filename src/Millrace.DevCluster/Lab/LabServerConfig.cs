using System.Xml;
using System.Xml.Linq;
using Millrace.Engine.Lab;

namespace Millrace.DevCluster.Lab;

/// <summary>The server config of a lab: every name that declarations use, every address a dead end.</summary>
internal static class LabServerConfig
{
    /// <summary>Part of the cache key: raise it when this file changes what a lab answers.</summary>
    public const int Version = 5;

    /// <summary>A port that nobody listens on: connecting fails at once.</summary>
    private const string DeadEnd = "127.0.0.1";

    private const string NoProxy = $"http://{DeadEnd}:1";

    /// <summary>Nobody has a password: a dictionary may send any, and reads what the lab has.</summary>
    public static string RenderUsers(LabConfig config) =>
        new XElement(
            "clickhouse",
            new XElement("profiles", new XElement("default", new XElement("distributed_foreground_insert", 1), new XElement("fsync_metadata", 0),
                new XElement("http_max_tries", 1), new XElement("s3_retry_attempts", 0))),
            new XElement("users", config.Presumed.Users.Where(IsName).Append("default").Distinct().Select(User)),
            new XElement("quotas", new XElement("default"))).ToString();

    private static XElement User(string name) => new(
        name,
        new XElement("no_password"),
        new XElement("profile", "default"),
        new XElement("networks", new XElement("ip", DeadEnd)),
        new XElement("access_management", 1),
        new XElement("named_collection_control", 1));

    public static string Render(LabConfig config, string folder) =>
        new XElement(
            "clickhouse",
            new XElement("logger", new XElement("level", "error"), new XElement("log", Path.Combine(folder, "lab.log"))),
            new XElement("users_config", Path.Combine(folder, "users.xml")),
            new XElement("format_schema_path", Path.Combine(folder, "format_schemas")),
            // What would be fetched to learn columns (url, s3, iceberg) goes to a proxy that is not there, and fails at once.
            new XElement("proxy", new XElement("http", new XElement("uri", NoProxy)), new XElement("https", new XElement("uri", NoProxy))),
            new XElement("s3", new XElement("use_environment_credentials", 0)),
            new XElement("macros", Macros(config.Presumed.Macros)),
            // As a server of some size has it: settings of tables are judged by it.
            new XElement("background_pool_size", 16),
            Keeper(config.Works || config.Keeps),
            config.Presumed.Logs.Select(Log),
            Storage(config.Presumed, folder),
            // What older servers have accepted is judged as well, not refused.
            config.Works || config.Keeps ? new XElement("merge_tree", new XElement("allow_dimensions_outside_sorting_key", 1)) : null,
            new XElement("remote_servers", config.Clusters.Where(IsName).Select(name => Cluster(name, config.ClusterPorts.GetValueOrDefault(name, 1)))),
            new XElement("named_collections", config.Collections.Where(IsName).Select(Collection), config.Databases.Where(IsName).Select(Database), config.Stores.Where(IsName).Select(Store))).ToString();

    /// <summary>What is no name of an XML element is no name in a server's configuration.</summary>
    private static bool IsName(string text)
    {
        try
        {
            return XmlConvert.VerifyNCName(text).Length > 0;
        }
        catch (XmlException)
        {
            return false;
        }
    }

    private static IEnumerable<XElement> Macros(IEnumerable<string> names) =>
        from name in names.Concat(["shard", "replica", "hostClusterRole"]).Distinct()
        where name is not ("database" or "table" or "uuid") // The server's own.
        select new XElement(name, name == "shard" ? "1" : LabConfig.MacroValue);

    /// <summary>A log that is there to be read and that nothing is ever written to: views on it would hand rows on.</summary>
    private static XElement Log(string name) => new(
        name, new XElement("database", "system"), new XElement("table", name), new XElement("flush_interval_milliseconds", 1_000_000_000));

    /// <summary>All of it on the lab's own disk: policies, volumes and disks only have to be there by name.</summary>
    private static XElement? Storage(PresumedNames names, string folder)
    {
        if (names.StoragePolicies.IsEmpty && names.Volumes.IsEmpty && names.Disks.IsEmpty)
            return null;
        var (volumes, disks) = (names.Volumes.Remove("default"), names.Disks.Remove("default"));
        var all = disks.Union(volumes.Select(volume => $"volume_{volume}"));
        return new XElement(
            "storage_configuration",
            new XElement("disks", all.Select(disk => new XElement(disk, new XElement("type", "local"), new XElement("path", Path.Combine(folder, "disks", disk) + "/")))),
            new XElement("policies", names.StoragePolicies.Add("default").Select(policy => new XElement(
                policy,
                new XElement(
                    "volumes",
                    new XElement("default", new XElement("disk", "default")),
                    disks.Select(disk => new XElement($"disk_{disk}", new XElement("disk", disk))),
                    volumes.Select(volume => new XElement(volume, new XElement("disk", $"volume_{volume}"))))))));
    }

    private static XElement Keeper(bool works) => new(
        "zookeeper",
        works
            ? new XElement("implementation", "testkeeper") // ClickHouse's own, in its memory.
            : new XElement("node", new XElement("host", DeadEnd), new XElement("port", 1)));

    private static XElement Cluster(string name, int port) =>
        new(name, new XElement("shard", new XElement("replica", new XElement("host", DeadEnd), new XElement("port", port))));

    private static XElement Database(string name) =>
        new(name, new XElement("host", DeadEnd), new XElement("port", 1), new XElement("user", "lab"), new XElement("password", "lab"), new XElement("database", "lab"));

    private static XElement Store(string name) => new(name, new XElement("url", $"http://{DeadEnd}:1/lab"));

    private static XElement Collection(string name) =>
        new(name, new XElement("kafka_broker_list", $"{DeadEnd}:1"));
}
