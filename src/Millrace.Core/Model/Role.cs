namespace Millrace.Core.Model;

/// <summary>A named group of nodes; nodes carry its name in the macro <c>hostClusterRole</c>.</summary>
/// <param name="Cores">Cores of one node, for checks on consumers; null when not declared.</param>
/// <param name="BackgroundProfile">
/// The settings profile that Kafka consumption runs with: the server's <c>system_profile</c>, else its
/// <c>default_profile</c>. A server does not tell which it is.
/// </param>
public sealed record Role(string Name, RoleKind Kind, int? Cores = null, string BackgroundProfile = "default");
