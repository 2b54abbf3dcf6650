using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>A broker in <c>fleet.yaml</c>.</summary>
internal static class BrokerSpec
{
    private static readonly Field<string> Collection = Field.Required(
        "collection", Text.Name, "Named collection on the nodes that holds broker list and secrets", example: "msk");

    private static readonly Field<string> Bootstrap = Field.Optional(
        "bootstrap",
        Text.Addresses,
        "Bootstrap servers as Millrace reaches them, for partitions and lag",
        example: "10.0.0.9:9092");

    private static readonly Field<ImmutableArray<KeyValuePair<string, string>>> Options = Field.List(
        "options",
        SettingsShape.Of("librdkafka options"),
        "librdkafka options of the collection, without the prefix `kafka.`",
        example: "{ session_timeout_ms: 6000 }");

    public static readonly ObjectShape<Broker> Shape = new(
        "broker",
        "A Kafka backend, known to the nodes as a named collection",
        [Collection, Bootstrap, Options],
        v => new Broker(
            v.Key, v.Get(Collection), v.Find(Bootstrap), v.Has(Options) ? SettingsShape.Sorted(v.Get(Options)) : null));
}
