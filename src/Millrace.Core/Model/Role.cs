namespace Millrace.Core.Model;

/// <summary>A named group of nodes; nodes carry its name in the macro <c>hostClusterRole</c>.</summary>
/// <param name="Cores">Cores of one node, for checks on consumers; null when not declared.</param>
/// <param name="BackgroundProfile">
/// The settings profile that Kafka consumption runs with: the server's <c>system_profile</c>, else its
/// <c>default_profile</c>. A server does not tell which it is.
/// </param>
public sealed record Role(string Name, RoleKind Kind, int? Cores = null, string BackgroundProfile = "default")
{
    /// <summary>What is declared of a query layer; null for other roles, and for a layer that takes everything as it comes.</summary>
    public QueryLayer? Layer { get; init; }

    /// <summary>True when a table may stand on the nodes of this role as far as the role is concerned.</summary>
    public bool MaySee(string table) => Layer is not { Tables.IsEmpty: false } layer || layer.Tables.Contains(table);
}
