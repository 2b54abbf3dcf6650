using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Core.ServerConfig;

/// <summary>The users and the default profile of an embedded node.</summary>
public sealed record UsersConfig
{
    /// <summary>Name of the operator's user when there is a password; without one it is <c>default</c>.</summary>
    public const string Operator = "millrace";

    /// <summary>
    /// SHA-256 of the operator's password, in hexadecimal digits. Empty: no password, and the user <c>default</c> may do all.
    /// </summary>
    public Secret PasswordHash { get; init; } = Secret.None;

    /// <summary>Settings of the default profile, which background streaming uses too.</summary>
    public ImmutableSortedDictionary<string, string> Profile { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>The profile that the nodes of a role need.</summary>
    public static ImmutableSortedDictionary<string, string> ProfileOf(RoleKind kind)
    {
        var profile = ImmutableSortedDictionary<string, string>.Empty
            .Add("async_insert", "0") // Its default changed by patch release.
            .Add("distributed_product_mode", "deny")
            .Add("max_memory_usage", "4000000000")
            .Add("skip_unavailable_shards", "0");

        // Offsets are committed when the insert returns: it must not return before the rows are on storage.
        return kind == RoleKind.Ingestion ? profile.Add("distributed_foreground_insert", "1") : profile;
    }
}
