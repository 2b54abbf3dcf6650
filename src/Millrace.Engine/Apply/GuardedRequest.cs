using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Engine.Journal;
using Millrace.Engine.Plans;

namespace Millrace.Engine.Apply;

/// <summary>What to apply, and as whom.</summary>
public sealed record GuardedRequest
{
    public required Project Project { get; init; }

    public required PlannedFleet Planned { get; init; }

    public required PlanOptions Options { get; init; }

    /// <summary>Takes secrets out of what is written down.</summary>
    public Redaction Redaction { get; init; } = Redaction.None;

    public GitRevision Revision { get; init; } = GitRevision.None;

    /// <summary>How long to wait while somebody else holds the lock.</summary>
    public TimeSpan Wait { get; init; }

    /// <summary>Take the lock away from a holder that is alive.</summary>
    public bool ForceUnlock { get; init; }

    /// <summary>
    /// Plans again, under the lock, when the fleet has moved since <see cref="Planned"/> was made. The answer is applied:
    /// whoever plans shows it and asks first, where that is due. Null refuses instead, as for a plan that was reviewed.
    /// </summary>
    public Func<CancellationToken, Task<PlannedFleet>>? PlanAgain { get; init; }

    /// <summary>Hears what is waited for.</summary>
    public Action<string> OnWaiting { get; init; } = _ => { };
}
