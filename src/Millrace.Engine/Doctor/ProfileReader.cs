using Millrace.Core.Layers;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Doctor;

/// <summary>Reads the settings that the rules look at, with the profile that says each.</summary>
internal static class ProfileReader
{
    public static readonly string[] Names =
    [
        "async_insert",
        "deduplicate_blocks_in_dependent_materialized_views",
        "distributed_product_mode",
        "materialized_views_ignore_errors",
        .. PartialResults.Settings,
    ];

    public static async Task<ProfileTable> ReadAsync(INodeConnection node, CancellationToken cancel) =>
        new(ProfileElements.Parse(await node.QueryAsync(ProfileElements.Query(Names), cancel: cancel)));
}
