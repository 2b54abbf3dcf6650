using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Millrace.Core.Model;
using Millrace.Engine;
using Millrace.Kafka;

namespace Millrace.DevCluster;

/// <summary>What a development cluster consists of.</summary>
public sealed record DevClusterSpec
{
    /// <summary>Two storage shards, two ingestion nodes and a query node, with one broker.</summary>
    public static DevClusterSpec Default { get; } = new();

    public ImmutableArray<DevRole> Roles { get; init; } =
    [
        new("data", RoleKind.Storage, 2),
        new("events", RoleKind.Ingestion, 2),
        new("query", RoleKind.Query, 1),
    ];

    /// <summary>Names of brokers; each is a named collection of the same name on every node.</summary>
    public ImmutableArray<string> Brokers { get; init; } = ["msk"];

    /// <summary>Topics that every broker has from the start.</summary>
    public ImmutableArray<TopicSpec> Topics { get; init; } = [];

    /// <summary>
    /// The environment variable that holds the password of the user <c>millrace</c>; null for a cluster without a
    /// password, whose user is <c>default</c>.
    /// </summary>
    public string? PasswordVariable { get; init; }

    /// <summary>SHA-256 of that password in hexadecimal digits; the password itself is never written down.</summary>
    public string PasswordHash { get; init; } = "";

    /// <summary>The first node's HTTP port; the others count up from it. 0 takes any free ports.</summary>
    public int FirstPort { get; init; }

    /// <summary>Address <c>host:port</c> of a ZooKeeper or Keeper that the nodes use; null for none.</summary>
    public string? Keeper { get; init; }

    /// <summary>A PostgreSQL beside the nodes, as the connection <c>main</c>.</summary>
    public bool Postgres { get; init; }

    /// <summary>
    /// Ingestion nodes commit their offsets while rows still wait on their own disks: a node that dies takes rows with
    /// it. Only to show that loss; never what a user wants.
    /// </summary>
    public bool BackgroundInserts { get; init; }

    /// <summary>Whether a running cluster of this kind is what <paramref name="other"/> asks for; ports do not matter.</summary>
    public bool IsSameAs(DevClusterSpec other) =>
        Roles.SequenceEqual(other.Roles) && Brokers.SequenceEqual(other.Brokers) && Topics.SequenceEqual(other.Topics)
        && PasswordHash == other.PasswordHash && Keeper == other.Keeper && Postgres == other.Postgres && BackgroundInserts == other.BackgroundInserts;

    /// <summary>The same cluster, with the password that is in the environment variable <paramref name="variable"/>.</summary>
    /// <exception cref="UserErrorException">The variable is empty.</exception>
    public DevClusterSpec WithPasswordFrom(string variable)
    {
        var password = Environment.GetEnvironmentVariable(variable);
        if (string.IsNullOrEmpty(password))
            throw new UserErrorException($"the environment variable {variable} holds no password: set it first.");
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(password));
        return this with { PasswordVariable = variable, PasswordHash = Convert.ToHexStringLower(hash) };
    }

    /// <summary>Node names with their roles, in the order of the declaration: <c>data-1</c>, <c>data-2</c>, <c>events-1</c>.</summary>
    internal IEnumerable<(string Name, DevRole Role, int Number)> NodeNames() =>
        from role in Roles
        from number in Enumerable.Range(1, role.Nodes)
        select ($"{role.Name}-{number}", role, number);

    /// <exception cref="UserErrorException">The parts do not make a cluster.</exception>
    internal void Check()
    {
        var twice = Roles.Select(r => r.Name).Concat(Brokers).GroupBy(n => n).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null)
            throw new UserErrorException($"`{twice.Key}` names two things: roles and brokers need names of their own.");
        if (Brokers.FirstOrDefault(b => !DevRole.IsName(b)) is { } broker)
            throw new UserErrorException($"`{broker}` cannot be a broker's name: letters, digits, _ and - only, beginning with a letter.");
        if (!Roles.Any(r => r is { Kind: RoleKind.Storage, Nodes: > 0 }))
            throw new UserErrorException("a cluster needs at least one storage node to keep rows: --storage 1.");
    }
}
