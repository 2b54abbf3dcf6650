using System.Collections.Immutable;
using Millrace.Core.Layers;

namespace Millrace.Core.Balancer;

/// <summary>How a balancer's configuration is rendered, beyond what the declaration says.</summary>
public sealed record BalancerOptions
{
    /// <summary>Declarations that a node may hold besides the present one, for the time of a change; see <c>docs/query-layers.md</c>.</summary>
    public ImmutableArray<string> AlsoReady { get; init; } = [];

    /// <summary>The ClickHouse user that asks the nodes whether they are ready.</summary>
    public string ReadyUser { get; init; } = LayerUsersXml.ReadyUser;

    /// <summary>Where the frontends listen: <c>*</c> for every address.</summary>
    public string Bind { get; init; } = "*";

    /// <summary>Address and port of the page of statistics; null for none.</summary>
    public string? Stats { get; init; } = "127.0.0.1:8404";

    /// <summary>How long a node that came back is given less than its share.</summary>
    public TimeSpan SlowStart { get; init; } = TimeSpan.FromSeconds(20);
}
