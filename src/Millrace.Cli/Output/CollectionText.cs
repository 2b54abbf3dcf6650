using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millrace.Core.Findings;
using Millrace.Engine.Collections;

namespace Millrace.Cli.Output;

/// <summary>Collections on nodes, as a table or JSON; never what they hold.</summary>
internal static class CollectionText
{
    public static void Write(Terminal terminal, ImmutableArray<NodeCollection> found, bool json, Redaction redaction)
    {
        if (json)
            JsonOutput.Write(terminal, new JsonObject { ["collections"] = new JsonArray([.. found.Select(item => ToJson(item, redaction))]) });
        else
            terminal.Out.Write(TextTable.Render(
            [
                ["NODE", "COLLECTION", "STATE", "NOTE"],
                .. found.Select(item => (string[])[item.Node, item.Collection, Word(item.State), Note(item, redaction)]),
            ]));
    }

    private static string Note(NodeCollection item, Redaction redaction) =>
        item.Trouble.Length > 0 ? redaction.Apply(item.Trouble)
        : item.Remade.IsEmpty ? ""
        : $"made anew: {string.Join(", ", item.Remade)}";

    private static JsonObject ToJson(NodeCollection item, Redaction redaction) => new()
    {
        ["node"] = item.Node,
        ["collection"] = item.Collection,
        ["state"] = Word(item.State),
        ["made_anew"] = new JsonArray([.. item.Remade.Select(name => (JsonNode)name)]),
        ["trouble"] = item.Trouble.Length == 0 ? null : redaction.Apply(item.Trouble),
    };

    private static string Word(CollectionState state) => state switch
    {
        CollectionState.Sql => "over SQL",
        CollectionState.Config => "in config",
        _ => state.ToString().ToLowerInvariant(),
    };
}
