using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Model;

namespace Millrace.Core.ServerConfig;

/// <summary>The named collections that brokers and connections of a fleet become.</summary>
public static class FleetCollections
{
    /// <summary>
    /// An INSERT into a Kafka table waits until its messages are sent, but never hears of one that was given up: so none
    /// is given up (a timeout of 0 is none), and a retry neither doubles nor reorders.
    /// </summary>
    private static readonly ImmutableSortedDictionary<string, string> ProducerOptions = ImmutableSortedDictionary<string, string>.Empty
        .Add("acks", "all")
        .Add("enable.idempotence", "true")
        .Add("message.timeout.ms", "0");

    /// <summary>Options that only consumers have.</summary>
    private static readonly ImmutableHashSet<string> ConsumerOptions = ["session_timeout_ms", "auto_offset_reset", "max_poll_interval_ms", "heartbeat_interval_ms"];

    /// <summary>Every collection that a pipeline of this fleet can need.</summary>
    public static IEnumerable<NamedCollection> All(Fleet fleet) =>
        fleet.Brokers.SelectMany(broker => Enum.GetValues<Partitioner>().Select(partitioner => Producer(broker, partitioner)).Prepend(Consumer(broker)))
            .Concat(fleet.Connections.Select(Database));

    /// <summary>The collections that the pipelines of a role need.</summary>
    public static ImmutableArray<NamedCollection> NeededBy(Project project, string role)
    {
        var pipelines = project.Pipelines.Where(pipeline => pipeline.Role == role).ToList();
        var consumers = pipelines.SelectMany(pipeline => pipeline.Legs).Select(leg => project.Fleet.FindBroker(leg.Broker)).OfType<Broker>().Select(Consumer);
        var producers = pipelines.Select(pipeline => pipeline.Into).OfType<KafkaSink>()
            .Select(sink => project.Fleet.FindBroker(sink.Broker) is { } broker ? Producer(broker, sink.Partitioner) : null).OfType<NamedCollection>();
        var databases = pipelines.Select(pipeline => pipeline.Into).OfType<PostgresSink>()
            .Select(sink => project.Fleet.FindConnection(sink.Connection)).OfType<Connection>().Select(Database);
        return [.. consumers.Concat(producers).Concat(databases).DistinctBy(collection => collection.Name)];
    }

    public static NamedCollection Consumer(Broker broker) => Kafka(broker.Collection, broker, Options(broker));

    public static NamedCollection Producer(Broker broker, Partitioner partitioner) => Kafka(
        CollectionNames.Producer(broker, partitioner),
        broker,
        Options(broker).Where(option => !ConsumerOptions.Contains(Key(option.Key)))
            .Concat(ProducerOptions)
            .Append(new("partitioner", CollectionNames.Word(partitioner))));

    public static NamedCollection Database(Connection connection) => new(
        connection.Collection,
        [
            .. Entry("host", connection.Host),
            .. Entry("port", connection.Host is null ? null : $"{connection.Port}"),
            .. Entry("database", connection.Database),
            .. Entry("user", connection.User),
            .. connection.Password is { } password ? [new KeyValuePair<string, Secret>("password", password)] : Array.Empty<KeyValuePair<string, Secret>>(),
        ]);

    private static NamedCollection Kafka(string name, Broker broker, IEnumerable<KeyValuePair<string, string>> options) => new(
        name,
        [
            .. Entry("kafka_broker_list", broker.Bootstrap),
            // The user's word comes first; a server reads dots as levels of its file.
            .. options.DistinctBy(option => Key(option.Key)).Select(option => new KeyValuePair<string, Secret>($"kafka.{Key(option.Key)}", new Secret(option.Value))),
        ]);

    private static string Key(string option) => option.Replace('.', '_');

    private static IEnumerable<KeyValuePair<string, string>> Options(Broker broker) => broker.Options ?? ImmutableSortedDictionary<string, string>.Empty;

    private static IEnumerable<KeyValuePair<string, Secret>> Entry(string key, string? value) =>
        value is null ? [] : [new KeyValuePair<string, Secret>(key, new Secret(value))];
}
