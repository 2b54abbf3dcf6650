namespace Millrace.Core.Model;

/// <summary>A named group of nodes; nodes carry its name in the macro <c>hostClusterRole</c>.</summary>
/// <param name="Cores">Cores of one node, for checks on consumers; null when not declared.</param>
public sealed record Role(string Name, RoleKind Kind, int? Cores = null);
