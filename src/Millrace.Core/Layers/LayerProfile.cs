using System.Collections.Immutable;
using Millrace.Core.Model;

namespace Millrace.Core.Layers;

/// <summary>The settings profile of a query layer: whole answers, no accidental products, little memory, and the layer's own limits.</summary>
public static class LayerProfile
{
    public static ImmutableSortedDictionary<string, string> Of(Project project, Role role)
    {
        var profile = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        // Part of the data as if it were all is worse than an error.
        profile["skip_unavailable_shards"] = "0";
        profile["fallback_to_stale_replicas_for_distributed_queries"] = "0";
        // A join of two Distributed tables would ask every shard for every shard.
        profile["distributed_product_mode"] = "deny";
        // Aggregation states arrive sorted and are merged as they come, in bounded memory.
        profile["distributed_aggregation_memory_efficient"] = "1";
        profile["enable_memory_bound_merging_of_aggregation_results"] = "1";
        profile["optimize_skip_unused_shards"] = new LayerTables(project, role).MaySkipShards ? "1" : "0";
        // An answer up to this size leaves the node whole or not at all, so that a balancer may ask another node instead.
        profile["http_response_buffer_size"] = "10485760";
        foreach (var (name, value) in role.Layer?.Settings ?? ImmutableSortedDictionary<string, string>.Empty)
            profile[name] = value;
        return profile.ToImmutable();
    }

    /// <summary>The limits among a layer's settings: its users may stay below them and not go above.</summary>
    public static ImmutableSortedDictionary<string, string> Limits(Role role) =>
        (role.Layer?.Settings ?? ImmutableSortedDictionary<string, string>.Empty)
            .Where(setting => setting.Key.StartsWith("max_", StringComparison.Ordinal) && setting.Value.All(char.IsAsciiDigit))
            .ToImmutableSortedDictionary(StringComparer.Ordinal);
}
