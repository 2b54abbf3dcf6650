using Millrace.Core.Planning;

namespace Millrace.Cli.Output;

/// <summary>What is the matter with a node that could not be observed, and what to do about it.</summary>
internal static class SilentWords
{
    /// <summary>Nodes with the same trouble once, as <c>data-1, data-2 (data): wrong password</c>.</summary>
    public static IEnumerable<(SilentNode First, string Text)> Grouped(IEnumerable<SilentNode> silent) => silent
        .GroupBy(node => (node.Refused, node.Reason))
        .Select(alike => (alike.First(), $"{Who([.. alike])}: {alike.Key.Reason}"));

    public static string State(SilentNode node) => node.Refused ? "refused" : "no answer";

    public static string Remedy(SilentNode node) => node.Refused
        ? "correct `connect` in fleet.yaml or the grants on the node, then plan again"
        : "plan again when it is back";

    /// <summary>Somebody has to look at these: more of them are named than of nodes that are well.</summary>
    private const int Named = 12;

    private static string Who(IReadOnlyCollection<SilentNode> alike) =>
        $"{NodeList.Of([.. alike.Select(node => node.Node)], Named)} ({string.Join(", ", alike.Select(node => node.Role).Distinct(StringComparer.Ordinal))})";
}
