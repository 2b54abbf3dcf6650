namespace Millrace.Core.Model;

/// <summary>How Millrace connects to every node over HTTP or HTTPS.</summary>
public sealed record ConnectOptions
{
    public string User { get; init; } = "default";

    public Secret Password { get; init; } = Secret.None;

    /// <summary>PEM file of the certificate authority that signed the nodes' certificates; null: the system's.</summary>
    public string? CaFile { get; init; }

    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>Longest wait for one statement; DDL on a busy node can take long.</summary>
    public TimeSpan StatementTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Retries of transient failures, with exponential backoff.</summary>
    public int Retries { get; init; } = 3;
}
