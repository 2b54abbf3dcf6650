using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>Discovery of nodes, in <c>fleet.yaml</c>.</summary>
internal static class DiscoverySpec
{
    private static readonly Field<ImmutableArray<Uri>> Entry = Field.Required(
        "entry",
        new ListShape<Uri>(new UrlShape(), "addresses", least: 1),
        "Hosts to ask, in this order until one answers",
        example: "[http://a:8123, http://b:8123]");

    private static readonly Field<ImmutableArray<string>> Clusters = Field.Required(
        "clusters",
        new ListShape<string>(Text.Name, "cluster names", least: 1),
        "Entries of `remote_servers` whose hosts make up the fleet",
        example: "[data, events, query]");

    private static readonly Field<int> HttpPort = Field.WithDefault(
        "http_port",
        new WholeNumberShape(1, 65535),
        8123,
        "8123",
        "HTTP port of the hosts found; `system.clusters` only knows the native one");

    public static readonly ObjectShape<Discovery> Shape = new(
        "discovery",
        "Finds the nodes by asking the fleet (`system.clusters` and the macro `hostClusterRole`), instead of a list in the file",
        [Entry, Clusters, HttpPort],
        v => new Discovery(v.Get(Entry), v.Get(Clusters), v.Get(HttpPort)));
}
