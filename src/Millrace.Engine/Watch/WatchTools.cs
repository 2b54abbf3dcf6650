using Millrace.Engine.Apply;
using Millrace.Engine.Journal;
using Millrace.Engine.Lab;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Watch;

/// <summary>What a watch works with.</summary>
public sealed record WatchTools(INodeConnector Connector, FleetObserver Observer, LabLoader Lab, GuardedApply Apply)
{
    /// <summary>Of the project, for the journal.</summary>
    public Func<CancellationToken, Task<GitRevision>> Revision { get; init; } = _ => Task.FromResult(GitRevision.None);

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
