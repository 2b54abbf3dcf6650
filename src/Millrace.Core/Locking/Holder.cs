namespace Millrace.Core.Locking;

/// <summary>Who changes a fleet: a person, a machine and one process on it.</summary>
/// <param name="Process">
/// Names the process beyond doubt (boot, process namespace, id, start time), so that its death can be seen from the same
/// machine; empty where the system does not tell.
/// </param>
/// <param name="Command">What it runs, such as <c>millrace apply --plan 4f1c09</c>.</param>
public sealed record Holder(string User, string Host, int ProcessId, string Process, string Command)
{
    public override string ToString() => $"{User}@{Host} (pid {ProcessId}, `{Command}`)";
}
