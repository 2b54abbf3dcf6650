using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Rings.Moves;
using Millrace.Engine;
using Millrace.Engine.Journal;
using Millrace.Engine.Rings.Moves;

namespace Millrace.Cli.Commands.Rings;

/// <summary><c>millrace ring rebalance</c>: moves old rows to the shards that hold their layers now.</summary>
internal sealed class RingRebalanceCommand
{
    private readonly RingArguments ring = new();
    private readonly LockOptions locking = new();
    private readonly Option<bool> plan = new("--plan") { Description = "Only say how many rows lie elsewhere; change nothing" };
    private readonly Option<bool> undo = new("--undo") { Description = "Take back a move that was begun and not ended" };
    private readonly Option<int> layers = new("--layers-at-once")
    {
        Description = "Layers whose rows are copied before they are switched; more need more room and fewer rounds", HelpName = "N", DefaultValueFactory = _ => 8,
    };

    private readonly Option<string> patience = new("--patience")
    {
        Description = "How long to wait for queries that began before a switch", HelpName = "TIME", DefaultValueFactory = _ => "10m",
    };

    private readonly Option<bool> older = new("--older-may-win")
    {
        Description = "It does not matter which of two rows with one sorting key stays: tables without a version column",
    };

    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new RingRebalanceCommand().Build();

    private Command Build()
    {
        var command = new Command("rebalance", "Move old rows to the shards that hold their layers now")
        {
            plan, undo, layers, patience, older, json,
        };
        ring.AddTo(command);
        locking.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace ring rebalance main --plan", "how many rows of which layers lie elsewhere"),
            ("millrace ring rebalance main", "move them; after a crash, go on where it was"),
            ("millrace ring rebalance main --undo", "take back what was begun"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(ring.Project.Folder(arguments));
        if (await ring.LoadAsync(arguments, services, cancel) is not { } project)
            return ExitCode.UserError;
        var moved = ring.Find(arguments, project);
        RingArguments.LockOf(moved);
        var rebalance = new RingRebalance(project, moved, services.Connector, services.Statements, services.Observer);
        if (arguments.GetValue(plan))
            return Show(arguments, moved.Name, await rebalance.FindAsync(cancel), await rebalance.UnfinishedAsync(cancel));
        if (arguments.GetValue(layers) < 1)
            throw new UserErrorException("--layers-at-once must be 1 or more");
        var options = new RebalanceOptions(
            arguments.GetValue(layers), Duration.Parse(arguments.GetValue(patience)!), arguments.GetValue(older), ring.Project.Redaction,
            await GitRevision.ReadAsync(ring.Project.Folder(arguments), cancel), locking.Wait(arguments), locking.Force(arguments));
        var progress = new MoveProgress(Console.Error);
        try
        {
            var moves = arguments.GetValue(undo) ? await rebalance.UndoAsync(options, progress, cancel) : await rebalance.RunAsync(options, progress, cancel);
            Report(arguments, moved.Name, moves);
            return ExitCode.Ok;
        }
        catch (MoveStoppedException stopped)
        {
            throw new UserErrorException($"{stopped.Message}. What was begun of this is taken back: rows lie where they lay");
        }
    }

    private int Show(ParseResult arguments, string name, ImmutableArray<MisplacedRows> rows, (RingMove Move, MovePhase Phase)? begun)
    {
        var terminal = Terminal.StandardOutput();
        if (arguments.GetValue(json))
        {
            JsonOutput.Write(terminal, new JsonObject
            {
                ["ring"] = name,
                ["unfinished"] = begun is var (_, phase) ? phase.ToString() : null,
                ["misplaced"] = new JsonArray([.. rows.Select(row => (JsonNode)new JsonObject
                {
                    ["table"] = row.Table, ["layer"] = row.Layer, ["on_shard"] = row.OnShard, ["belongs_on"] = row.BelongsOn, ["rows"] = row.Rows,
                })]),
            });
            return ExitCode.Ok;
        }

        if (begun is var (_, at))
            terminal.Out.WriteLine($"a move was begun and not ended ({at}); run the command without --plan to end it");
        foreach (var group in rows.GroupBy(row => (row.Table, row.OnShard, row.BelongsOn)))
            terminal.Out.WriteLine($"{group.Key.Table}: {group.Sum(row => row.Rows):N0} rows of layers {string.Join(", ", group.Select(row => row.Layer))} lie on shard {group.Key.OnShard} and belong on {group.Key.BelongsOn}");
        if (rows.IsEmpty)
            terminal.Out.WriteLine($"ring {name}: every row lies in its place");
        return ExitCode.Ok;
    }

    private void Report(ParseResult arguments, string name, int moves)
    {
        var terminal = Terminal.StandardOutput();
        var isUndo = arguments.GetValue(undo);
        if (arguments.GetValue(json))
            JsonOutput.Write(terminal, new JsonObject { ["ring"] = name, [isUndo ? "undone" : "moves"] = moves });
        else if (isUndo)
            terminal.Out.WriteLine(moves == 0 ? "there is nothing to take back" : "taken back: rows lie where they lay");
        else
            terminal.Out.WriteLine($"ring {name}: every row lies in its place. Let queries skip shards again:  millrace ring settle {CommandWord.Of(name)}");
    }
}
