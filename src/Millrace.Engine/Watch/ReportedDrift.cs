using System.Collections.Immutable;
using Millrace.Core.Planning;

namespace Millrace.Engine.Watch;

/// <summary>Tells once of what the watch will not do by itself, and once when it is gone.</summary>
internal sealed class ReportedDrift(IWatchListener listener)
{
    private ImmutableHashSet<string> told = [];

    public void Tell(Repairs repairs, Plan plan)
    {
        var now = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var step in repairs.Left)
            if (now.Add(Words(step)) && !told.Contains(Words(step)))
                listener.On(new WatchEvent.DriftSeen(step));
        foreach (var finding in plan.Refusals)
            if (now.Add(finding.Message) && !told.Contains(finding.Message))
                listener.On(new WatchEvent.DriftRefused(finding));
        foreach (var gone in told.Except(now))
            listener.On(new WatchEvent.DriftGone(gone));
        told = now.ToImmutable();
    }

    private static string Words(Step step) => $"{step.Object}: {step.Reason} ({string.Join(", ", step.Nodes)})";
}
