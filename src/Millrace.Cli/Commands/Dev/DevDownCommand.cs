using System.CommandLine;

namespace Millrace.Cli.Commands.Dev;

/// <summary><c>millrace dev down</c>: stops everything that <c>dev up</c> started.</summary>
internal static class DevDownCommand
{
    public static Command Create()
    {
        var folder = DevCommand.Folder();
        var wipe = new Option<bool>("--wipe") { Description = "also delete its rows, tables and logs" };
        var command = new Command("down", "Stop the development cluster; its data stays.") { folder, wipe };
        command.SetAction(async (arguments, cancel) =>
        {
            var client = DevCommand.Client(arguments, folder);
            Console.WriteLine(await client.StopAsync(cancel) ? "Stopped." : "Nothing was running.");
            if (arguments.GetValue(wipe))
            {
                client.Wipe();
                Console.WriteLine("Deleted its data.");
            }

            return ExitCode.Ok;
        });
        return command;
    }
}
