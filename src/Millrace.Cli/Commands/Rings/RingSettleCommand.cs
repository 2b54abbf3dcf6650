using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Model;
using Millrace.Engine.Rings;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Commands.Rings;

/// <summary><c>millrace ring settle</c>: looks whether every row lies in its place, and then lets queries skip shards again.</summary>
internal sealed class RingSettleCommand
{
    private readonly RingArguments ring = new();
    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new RingSettleCommand().Build();

    private Command Build()
    {
        var command = new Command("settle", "Look whether every stored row lies where the ring puts it; if so, queries may skip shards again") { json };
        ring.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(("millrace ring settle main", "after old rows expired or were moved"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        var folder = ring.Project.Folder(arguments);
        using var services = new Services(folder);
        if (await ring.LoadAsync(arguments, services, cancel) is not { } project)
            return ExitCode.UserError;
        var settled = ring.Find(arguments, project);
        var held = RingArguments.LockOf(settled);
        ImmutableArray<string> obstacles = held.PruningIsTrue
            ? []
            : await new RingSettlement(services.Connector).FindObstaclesAsync(project, settled, cancel);
        if (obstacles.IsEmpty && !held.PruningIsTrue)
            RingFile.Write(folder, settled, held.WithRowsInPlace());
        Report(arguments, settled, obstacles, wasSettled: held.PruningIsTrue);
        return obstacles.IsEmpty ? ExitCode.Ok : ExitCode.UserError;
    }

    private void Report(ParseResult arguments, Ring settled, ImmutableArray<string> obstacles, bool wasSettled)
    {
        var terminal = Terminal.StandardOutput();
        if (arguments.GetValue(json))
        {
            JsonOutput.Write(terminal, new JsonObject
            {
                ["ring"] = settled.Name,
                ["settled"] = obstacles.IsEmpty,
                ["obstacles"] = new JsonArray([.. obstacles.Select(obstacle => (JsonNode)obstacle)]),
            });
            return;
        }

        foreach (var obstacle in obstacles)
            terminal.Out.WriteLine(obstacle);
        terminal.Out.WriteLine(
            !obstacles.IsEmpty ? $"ring {settled.Name}: not settled; every query asks all shards, so no answer is wrong"
            : wasSettled ? $"ring {settled.Name}: settled already; a query for one key may skip the other shards"
            : $"ring {settled.Name}: every row lies in its place");
        if (obstacles.IsEmpty && !wasSettled)
            new RingText(terminal).Next(settled, ring.Project.Words(arguments));
    }
}
