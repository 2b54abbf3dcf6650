using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Watch;

/// <summary>Something that a watch saw or did.</summary>
public abstract record WatchEvent
{
    /// <summary>A declaration is in force.</summary>
    public sealed record Declared(string Project, int Objects, int Nodes) : WatchEvent;

    /// <summary>Changed files cannot be used; the declaration before them stays in force.</summary>
    public sealed record DeclarationRefused(ImmutableArray<Finding> Findings) : WatchEvent;

    /// <param name="After">How long it had not answered; null when it answers the first time.</param>
    public sealed record NodeUp(string Node, TimeSpan? After) : WatchEvent;

    public sealed record NodeDown(string Node, NodeState State, string Reason) : WatchEvent;

    /// <summary>A node was read in full.</summary>
    public sealed record NodeSeen(string Node, int Expected, int Present) : WatchEvent;

    public sealed record NodeJoined(string Node, string Role) : WatchEvent;

    public sealed record NodeLeft(string Node, string Role) : WatchEvent;

    /// <summary>Discovery did not work this time; the nodes known so far are watched on.</summary>
    public sealed record DiscoveryFailed(string Reason) : WatchEvent;

    /// <summary>The plan that would bring the fleet to its declaration, whenever it was worked out.</summary>
    public sealed record Planned(Plan Plan) : WatchEvent;

    /// <summary>A step that the watch does not do by itself.</summary>
    public sealed record DriftSeen(Step Step) : WatchEvent;

    /// <summary>A change that no plan makes.</summary>
    public sealed record DriftRefused(Finding Finding) : WatchEvent;

    /// <summary>Something reported earlier is not there any more.</summary>
    public sealed record DriftGone(string What) : WatchEvent;

    /// <param name="Took">Since the node first answered, or since the drift was seen.</param>
    public sealed record Repaired(string Node, ImmutableArray<ObjectName> Objects, TimeSpan Took) : WatchEvent;

    /// <param name="Rest">How long the node is left alone now.</param>
    public sealed record RepairFailed(string Node, ObjectName Object, string Error, TimeSpan Rest) : WatchEvent;

    /// <summary>Nothing was changed this time, such as while somebody applies.</summary>
    public sealed record RepairPostponed(string Reason) : WatchEvent;
}
