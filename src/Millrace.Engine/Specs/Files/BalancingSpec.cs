using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;

namespace Millrace.Engine.Specs.Files;

/// <summary>How a load balancer stands before a query layer, in <c>fleet.yaml</c>.</summary>
internal static class BalancingSpec
{
    private static readonly Balancing Defaults = new();

    private static readonly Field<int> Http = Field.Optional(
        "http", new WholeNumberShape(1, 65_535), "Port of the HTTP frontend", example: "8123", otherwise: "no HTTP frontend");

    private static readonly Field<int> Native = Field.Optional(
        "native", new WholeNumberShape(1, 65_535), "Port of the frontend for the native protocol", example: "9000", otherwise: "no native frontend");

    private static readonly Field<int> Connections = Field.WithDefault(
        "connections",
        new WholeNumberShape(1, 100_000),
        Defaults.Connections,
        $"{Defaults.Connections}",
        "Queries that one node works on at a time; further ones wait in the balancer");

    private static readonly Field<TimeSpan> Queue = Field.WithDefault(
        "queue", new DurationShape(), Defaults.Queue, "10s", "Longest wait there before the client gets an error");

    private static readonly Field<string> Certificate = Field.Optional(
        "certificate",
        Text.File,
        "PEM file with certificate and key on the balancer; makes its frontends HTTPS and TLS",
        example: "/etc/haproxy/millrace.pem",
        otherwise: "plain HTTP and TCP");

    public static readonly ObjectShape<Balancing> Shape = new(
        "balancing",
        "How HAProxy stands before a query layer",
        [Http, Native, Connections, Queue, Certificate],
        v => new Balancing
        {
            Http = v.FindValue(Http),
            Native = v.FindValue(Native),
            Connections = v.Get(Connections),
            Queue = v.Get(Queue),
            Certificate = v.Find(Certificate),
        });
}
