using Millrace.Core.Shapes;

namespace Millrace.Core.Doctor;

/// <summary>A replicated table of one node, as <c>system.replicas</c> tells it.</summary>
/// <param name="Delay">How far it lags behind the replica that has most (<c>absolute_delay</c>).</param>
/// <param name="Queued">Entries of the replication log that it has yet to work off.</param>
/// <param name="Error">What Keeper last answered; empty for nothing.</param>
public sealed record ReplicaState(ObjectName Table, bool IsReadOnly, TimeSpan Delay, long Queued, string Error);
