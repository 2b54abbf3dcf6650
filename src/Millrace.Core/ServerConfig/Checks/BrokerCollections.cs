using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Observed;

namespace Millrace.Core.ServerConfig.Checks;

/// <summary>Kafka tables find their brokers in a named collection of the node.</summary>
internal static class BrokerCollections
{
    public const string Code = "MR283";

    public static IEnumerable<Finding> Check(Project project, ObservedNode node)
    {
        // Null: the user may not see them, so nothing can be said.
        if (node.Collections is not { } known)
            yield break;
        foreach (var collection in FleetCollections.NeededBy(project, node.Node.Role).Where(collection => !known.Contains(collection.Name)))
            yield return Finding.Error(
                Code,
                $"the node has no named collection `{collection.Name}`, through which it would reach {Backend(project.Fleet, collection, out var path)}",
                project.Sources.Find(path),
                "add the collection on the node and restart it, or `millrace collections apply`")
                .On(node.Node.Name) with { Detail = Snippet.Config(new NodeConfig { Collections = [Shown(collection)] }) };
    }

    private static string Backend(Fleet fleet, NamedCollection collection, out string path)
    {
        if (fleet.Connections.FirstOrDefault(connection => connection.Collection == collection.Name) is { } database)
        {
            path = $"fleet.connections.{database.Name}";
            return $"the database `{database.Name}`";
        }

        var broker = fleet.Brokers.First(item => item.Collection == collection.Name
            || Enum.GetValues<Partitioner>().Any(partitioner => CollectionNames.Producer(item, partitioner) == collection.Name));
        path = $"fleet.brokers.{broker.Name}";
        return $"the broker `{broker.Name}`{(broker.Collection == collection.Name ? "" : " as a producer")}";
    }

    /// <summary>Values may be secrets: the user knows them, and they are never shown.</summary>
    private static NamedCollection Shown(NamedCollection collection) => new(
        collection.Name,
        [
            .. Missing(collection),
            .. collection.Entries.Select(entry => new KeyValuePair<string, Secret>(entry.Key, IsSecret(entry.Key) ? new Secret("...") : entry.Value)),
        ]);

    private static IEnumerable<KeyValuePair<string, Secret>> Missing(NamedCollection collection) =>
        collection.Entries.Any(entry => entry.Key is "kafka_broker_list" or "host")
            ? []
            : [new("kafka_broker_list", new Secret("HOST:PORT,..."))];

    private static bool IsSecret(string option) =>
        new[] { "password", "secret", "jaas", "token", "username", "key" }.Any(word => option.Contains(word, StringComparison.OrdinalIgnoreCase));
}
