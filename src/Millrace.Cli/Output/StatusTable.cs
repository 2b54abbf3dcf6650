using System.Text;
using Millrace.Core.Observed;
using Millrace.Engine.Status;

namespace Millrace.Cli.Output;

/// <summary>A fleet's status as tables: nodes, streams, and what waits for somebody to look.</summary>
public sealed class StatusTable(Terminal terminal)
{
    /// <summary>More nodes than this are shown as one line for all that are alike.</summary>
    private const int ListedNodes = 20;

    private const int ErrorWidth = 80;

    /// <summary>The reason is at the end of what a server says, after every layer that it passed through.</summary>
    private const int WholeErrorWidth = 600;

    public string Render(FleetStatus status)
    {
        var text = new StringBuilder(TextTable.Render([["NODE", "ROLE", "VERSION", "STATE", "OBJECTS", "NOTE"], .. NodeRows(status)]));
        if (!status.Legs.IsEmpty)
        {
            string[] head = ["PIPELINE", "LEG", "ROWS/S", "LAG", "DRAINS IN", "CONSUMERS", "LAST ERROR"];
            text.Append('\n').Append(TextTable.Render([head, .. status.Legs.Select(leg => LegRow(leg, status.At))]));
        }

        foreach (var leg in status.Legs.Where(leg => !IsShared(leg) && IsLong(leg.LastError?.Error)))
            text.Append($"error     {leg.Pipeline}/{leg.Leg.Name} on {leg.LastError!.Value.Node}: {OneLine(leg.LastError.Value.Error.Text, WholeErrorWidth)}\n");
        foreach (var errors in status.Errors.Where(errors => errors.LastHour > 0 || !errors.IsComplete))
            text.Append(ErrorLine(errors));
        foreach (var hint in Hints(status))
            text.Append(terminal.Paint(hint, Ink.Yellow)).Append('\n');
        return text.ToString();
    }

    private static IEnumerable<string[]> NodeRows(FleetStatus status)
    {
        var rows = status.Nodes.Select(node => (node.Node.Name, Cells: NodeCells(node, status.At)));
        if (status.Nodes.Length <= ListedNodes)
            return rows.Select(row => (string[])[row.Name, .. row.Cells]);
        return rows.GroupBy(row => string.Join('\t', row.Cells), row => row)
            .Select(alike => (string[])[NodeList.Of([.. alike.Select(row => row.Name)]), .. alike.First().Cells]);
    }

    private static string[] NodeCells(NodeStatus node, DateTimeOffset now) => node.State == NodeState.Ok
        ? [Role(node), node.Version, "ok", $"{node.Present}/{node.Declared}", Note(node)]
        : [Role(node), "-", node.State.ToString().ToLowerInvariant(), "?", OneLine(node.Reason) + Since(node.Since, now)];

    private static string Role(NodeStatus node) => node.Node.Role.Length == 0 ? "?" : node.Node.Role;

    private static string Note(NodeStatus node)
    {
        var notes = new List<string>();
        if (!node.Missing.IsEmpty)
            notes.Add(node.Present == 0 ? "blank" : $"without {NodeList.Of([.. node.Missing.Select(name => name.Name)])}");
        foreach (var waiting in node.Waiting)
            notes.Add($"{Figures.Count(waiting.Files)} files ({Figures.Bytes(waiting.Bytes)}) wait in {waiting.Table}"
                + (waiting.LastError.Length > 0 ? $": {OneLine(waiting.LastError)}" : ""));
        return string.Join("; ", notes);
    }

    private static string Since(DateTimeOffset? since, DateTimeOffset now) =>
        since is null ? "" : $" (for {Figures.Duration(now - since.Value)})";

    private static string[] LegRow(LegStatus leg, DateTimeOffset now) =>
    [
        leg.Pipeline,
        leg.Leg.Name,
        leg.RowsPerSecond is { } rate ? Figures.Count((long)Math.Round(rate)) : "-",
        leg.Lag is { } lag ? Figures.Count(lag) : "?",
        leg.DrainsIn is { } drains ? Figures.Duration(drains) : "-",
        $"{leg.Assigned}/{leg.Consumers}",
        LastWord(leg, now),
    ];

    private static string LastWord(LegStatus leg, DateTimeOffset now)
    {
        if (IsShared(leg))
            return $"as {leg.Consumption}: one consumption";
        if (leg.LastError is var (node, error))
            return $"{node}, {Figures.Duration(now - error.At)} ago: {(IsLong(error) ? "see below" : OneLine(error.Text))}";
        if (leg.OnNodes.IsEmpty)
            return "no node has its Kafka table";
        if (leg.LastPoll is not { } last)
            return "not reading yet";
        return leg.IsStalled(now) ? $"not reading for {Figures.Duration(now - last)}" : "-";
    }

    private static string ErrorLine(ErrorTableStatus errors)
    {
        var partly = errors.IsComplete ? "" : " (at least: a shard does not answer)";
        return $"errors    {Figures.Count(errors.LastHour)} poison messages in the last hour{partly}:  "
            + $"SELECT * FROM {errors.ReadTable} ORDER BY _timestamp DESC LIMIT 5\n";
    }

    private static IEnumerable<string> Hints(FleetStatus status)
    {
        if (status.Nodes.Any(node => !node.Missing.IsEmpty))
            yield return "Objects are missing: `millrace plan` shows what would be created.";
        foreach (var leg in status.Legs.Where(leg => !IsShared(leg) && leg.FromBroker is { Messages: null }))
            yield return $"The lag of {leg.Pipeline}/{leg.Leg.Name} is not known: {OneLine(leg.FromBroker!.Trouble)}";
    }

    private static bool IsShared(LegStatus leg) => leg.Consumption != leg.Pipeline;

    private static bool IsLong(LegError? error) => error is not null && OneLine(error.Text) != OneLine(error.Text, WholeErrorWidth);

    private static string OneLine(string text, int width = ErrorWidth)
    {
        var line = string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= width ? line : string.Concat(line.AsSpan(0, width), "...");
    }
}
