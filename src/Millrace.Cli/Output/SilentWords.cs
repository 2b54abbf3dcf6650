using Millrace.Core.Planning;

namespace Millrace.Cli.Output;

/// <summary>What is the matter with a node that could not be observed, and what to do about it.</summary>
internal static class SilentWords
{
    public static string State(SilentNode node) => node.Refused ? "refused" : "no answer";

    public static string Remedy(SilentNode node) => node.Refused
        ? "correct `connect` in fleet.yaml or the grants on the node, then plan again"
        : "plan again when it is back";
}
