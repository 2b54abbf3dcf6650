using System.CommandLine;
using System.Text.Json;
using Millrace.Cli.Demo;
using Millrace.Cli.Output;
using Millrace.Engine;

namespace Millrace.Cli.Commands.Dev;

/// <summary><c>millrace dev demo</c>: the main job, end to end, on real servers and real data.</summary>
internal static class DevDemoCommand
{
    private static readonly JsonSerializerOptions SnakeCase = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static Command Create()
    {
        var rows = new Option<int>("--rows") { Description = "flights to stream, up to 3,000,000", DefaultValueFactory = _ => 300_000, HelpName = "N" };
        var json = new Option<bool>("--json") { Description = "print the counts as one JSON line at the end; the rest goes to standard error" };
        var keep = new Option<bool>("--keep") { Description = "leave the cluster up until Ctrl-C" };
        var folder = new Option<string>("--dir") { Description = "folder of data and logs; wiped first", DefaultValueFactory = _ => ".millrace/demo", HelpName = "DIR" };
        var command = new Command("demo", "Stream real flights through a cluster on this machine and prove that none is lost.") { rows, json, keep, folder };
        command.SetAction(async (arguments, cancel) =>
        {
            if (arguments.GetValue(rows) is var wanted && wanted is < 1 or > FlightSource.MostRows)
                throw new UserErrorException($"--rows {wanted}: there are flights for 1 to {FlightSource.MostRows:N0} rows");
            var terminal = arguments.GetValue(json) ? Terminal.StandardError() : Terminal.StandardOutput();
            var outcome = await new DemoRun(terminal, Path.GetFullPath(arguments.GetRequiredValue(folder)), arguments.GetValue(rows))
                .RunAsync(() => arguments.GetValue(keep) ? WaitAsync(cancel) : Task.CompletedTask, cancel);
            if (arguments.GetValue(json))
                Console.Out.WriteLine(JsonSerializer.Serialize(outcome, SnakeCase));
            return outcome is { Lost: 0, ReplanSteps: 0 } ? ExitCode.Ok : ExitCode.Internal;
        });
        return command;
    }

    private static async Task WaitAsync(CancellationToken cancel)
    {
        Console.Error.WriteLine("The cluster stays up. Ctrl-C ends it.");
        try
        {
            await Task.Delay(Timeout.Infinite, cancel);
        }
        catch (OperationCanceledException)
        {
            // That is what was waited for.
        }
    }
}
