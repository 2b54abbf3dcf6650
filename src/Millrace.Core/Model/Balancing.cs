namespace Millrace.Core.Model;

/// <summary>How HAProxy stands before a query layer.</summary>
public sealed record Balancing
{
    /// <summary>Port of the HTTP frontend; null for none.</summary>
    public int? Http { get; init; }

    /// <summary>Port of the frontend for the native protocol; null for none.</summary>
    public int? Native { get; init; }

    /// <summary>Queries that one node works on at a time; further ones wait in the balancer.</summary>
    public int Connections { get; init; } = 100;

    /// <summary>Longest wait there before the client gets an error.</summary>
    public TimeSpan Queue { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>PEM file with certificate and key on the balancer's host, for HTTPS and native TLS; null for plain.</summary>
    public string? Certificate { get; init; }
}
