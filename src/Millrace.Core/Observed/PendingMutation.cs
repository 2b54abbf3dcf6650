using Millrace.Core.Shapes;

namespace Millrace.Core.Observed;

/// <summary>An ALTER that is still rewriting parts of a table.</summary>
/// <param name="PartsToDo">Parts that are not rewritten yet.</param>
/// <param name="FailReason">The latest failure; empty when there was none.</param>
public sealed record PendingMutation(
    ObjectName Table, string Id, string Command, DateTimeOffset Created, long PartsToDo, string FailReason);
