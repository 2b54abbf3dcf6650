namespace Millrace.Core.Findings;

/// <summary>Numbers with their noun: <c>1 node</c>, <c>2 nodes</c>.</summary>
public static class Counted
{
    /// <param name="noun">In the singular, one that takes an "s".</param>
    public static string Of(long count, string noun) => $"{count} {noun}{(count == 1 ? "" : "s")}";
}
