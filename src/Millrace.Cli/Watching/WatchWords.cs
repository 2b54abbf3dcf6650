using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Engine.Watch;

namespace Millrace.Cli.Watching;

/// <summary>What a watch tells, in people's words.</summary>
internal static class WatchWords
{
    private const string Note = "note";
    private const string Warn = "warn";

    /// <summary>Null for what is only counted.</summary>
    public static (string? Node, string Level, string What, string Text)? Of(WatchEvent happened) => happened switch
    {
        WatchEvent.Declared e => (null, Note, "declared",
            $"watching project {e.Project}: {Counted.Of(e.Objects, "object")} on {Counted.Of(e.Nodes, "node")}"),
        WatchEvent.DeclarationRefused e => (null, Warn, "declaration-refused",
            $"the changed project has {Counted.Of(e.Findings.Length, "error")} and is not used; the one before stays in force. "
            + $"{e.Findings[0].Code} {e.Findings[0].Message}. All of them: millrace check"),
        WatchEvent.NodeUp { After: { } after } e => (e.Node, Note, "node-up", $"answers again after {Figures.Duration(after)}"),
        WatchEvent.NodeUp e => (e.Node, Note, "node-up", "answers"),
        WatchEvent.NodeDown e => (e.Node, Warn, "node-down", $"{e.State.ToString().ToLowerInvariant()}: {OneLine(e.Reason)}"),
        WatchEvent.NodeJoined e => (e.Node, Note, "node-joined", $"joined as {Role(e.Role)}"),
        WatchEvent.NodeLeft e => (e.Node, Note, "node-left", $"left; it was {Role(e.Role)}"),
        WatchEvent.DiscoveryFailed e => (null, Warn, "discovery-failed", $"nodes that join or leave are not seen: {OneLine(e.Reason)}"),
        WatchEvent.DriftSeen e => (NodeList.Of(e.Step.Nodes), Warn, "drift",
            $"{StepText.Headline(e.Step, width: 110)}; risk: {e.Step.Risk.ToString().ToLowerInvariant()}. Left to people, see: millrace plan"),
        WatchEvent.DriftRefused e => (null, Warn, "drift-refused", $"{e.Finding.Code} {OneLine(e.Finding.Message)}. See: millrace plan"),
        WatchEvent.DriftGone e => (null, Note, "drift-gone", $"as declared again: {OneLine(e.What)}"),
        WatchEvent.Repaired e => (e.Node, Note, "repaired",
            $"{Counted.Of(e.Objects.Length, "object")} in {e.Took.TotalSeconds:0.0} s: {string.Join(", ", e.Objects.Select(o => o.Name).Where(n => n.Length > 0))}"),
        WatchEvent.RepairFailed e => (e.Node, Warn, "repair-failed",
            $"{e.Object}: {OneLine(e.Error)}. Next try in {Figures.Duration(e.Rest)}"),
        WatchEvent.RepairPostponed e => (null, Note, "repair-postponed", $"nothing repaired now: {OneLine(e.Reason)}"),
        _ => null,
    };

    /// <summary>Events that come again and again while nothing changes.</summary>
    public static bool MayRepeat(WatchEvent happened) => happened is WatchEvent.RepairPostponed or WatchEvent.DiscoveryFailed;

    private static string Role(string role) => role.Length == 0 ? "a node of unknown role" : $"a node of role {role}";

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
}
