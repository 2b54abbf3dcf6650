using System.Collections.Immutable;
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
        var brokers = project.Pipelines.Where(p => p.Role == node.Node.Role).SelectMany(p => p.Legs)
            .Select(leg => project.Fleet.FindBroker(leg.Broker)).OfType<Broker>().DistinctBy(b => b.Name);
        foreach (var broker in brokers.Where(b => !known.Contains(b.Collection)))
            yield return Finding.Error(
                Code,
                $"the node has no named collection `{broker.Collection}`, through which it would reach the broker `{broker.Name}`",
                project.Sources.Find($"fleet.brokers.{broker.Name}"),
                "add the collection on the node and restart it, or CREATE NAMED COLLECTION")
                .On(node.Node.Name) with { Detail = Snippet.Config(new NodeConfig { Collections = [Collection(broker)] }) };
    }

    /// <summary>Options may hold secrets: the user knows them, and they are never shown.</summary>
    private static NamedCollection Collection(Broker broker) => new(
        broker.Collection,
        broker.Bootstrap ?? "HOST:PORT,...",
        (broker.Options ?? ImmutableSortedDictionary<string, string>.Empty).ToImmutableSortedDictionary(o => o.Key, o => IsSecret(o.Key) ? "..." : o.Value));

    private static bool IsSecret(string option) =>
        new[] { "password", "secret", "jaas", "token", "username", "key" }.Any(word => option.Contains(word, StringComparison.OrdinalIgnoreCase));
}
