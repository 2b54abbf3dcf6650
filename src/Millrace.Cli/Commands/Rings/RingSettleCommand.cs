using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Engine.Rings;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Commands.Rings;

/// <summary><c>millrace ring settle</c>: looks whether every row lies in its place, and then lets queries skip shards again.</summary>
internal static class RingSettleCommand
{
    public static Command Create()
    {
        var ring = new RingArguments();
        var command = new Command("settle", "Look whether every stored row lies where the ring puts it; if so, queries may skip shards again");
        ring.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            var folder = ring.Project.Folder(arguments);
            using var services = new Services(folder);
            if (await ring.LoadAsync(arguments, services, cancel) is not { } project)
                return ExitCode.UserError;
            var settled = ring.Find(arguments, project);
            var held = RingArguments.LockOf(settled);
            var terminal = Terminal.StandardOutput();
            if (held.PruningIsTrue)
            {
                terminal.Out.WriteLine($"ring {settled.Name}: settled already; a query for one key may skip the other shards");
                return ExitCode.Ok;
            }

            var obstacles = await new RingSettlement(services.Connector).FindObstaclesAsync(project, settled, cancel);
            foreach (var obstacle in obstacles)
                terminal.Out.WriteLine(obstacle);
            if (!obstacles.IsEmpty)
            {
                terminal.Out.WriteLine($"ring {settled.Name}: not settled; every query asks all shards, so no answer is wrong");
                return ExitCode.UserError;
            }

            RingFile.Write(folder, settled, held.WithRowsInPlace());
            terminal.Out.WriteLine($"ring {settled.Name}: every row lies in its place");
            new RingText(terminal).Next(settled, ring.Project.Words(arguments));
            return ExitCode.Ok;
        });
        return command.WithExamples(("millrace ring settle main", "after old rows expired or were moved"));
    }
}
