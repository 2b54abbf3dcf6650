using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;

namespace Millrace.Engine.Discover;

/// <summary>The fleet with the nodes that were found, and what is wrong with what was found.</summary>
/// <param name="Fleet">
/// Its nodes are sorted by role and name. A host that does not answer is in the list with an empty role: it may belong to
/// any, so it is neither absent nor a node of a role.
/// </param>
public sealed record DiscoveryResult(Fleet Fleet, ImmutableArray<Finding> Findings);
