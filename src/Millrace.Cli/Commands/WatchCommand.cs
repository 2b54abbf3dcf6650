using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Cli.Watching;
using Millrace.Engine;
using Millrace.Engine.Journal;
using Millrace.Engine.Watch;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace watch</c>: keeps the fleet at its declaration until it is stopped.</summary>
public sealed class WatchCommand
{
    private const string Off = "off";

    /// <summary>A repair of a large fleet takes a while, and nothing is compared meanwhile.</summary>
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(5);

    private readonly ProjectArguments project = new();

    private readonly Option<string> interval = new("--interval")
    {
        Description = "Time between two looks at a node that answers, such as 500ms or 5s", DefaultValueFactory = _ => "1s", HelpName = "TIME",
    };

    private readonly Option<string> listen = new("--listen")
    {
        Description = "Where /metrics and /healthz are answered; `off` for nowhere", DefaultValueFactory = _ => "127.0.0.1:9464", HelpName = "HOST:PORT",
    };

    private readonly Option<bool> once = new("--once") { Description = "Look and repair once, then end" };
    private readonly Option<bool> json = new("--json") { Description = "Log lines as JSON" };

    public static Command Create() => new WatchCommand().Build();

    private Command Build()
    {
        var command = new Command("watch", "Keep the fleet at its declaration: repair what is missing, tell what is riskier") { interval, listen, once, json };
        project.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(project.Folder(arguments));
        var tools = new WatchTools(services.Connector, services.Observer, services.Lab, services.Apply)
        {
            Revision = stop => GitRevision.ReadAsync(project.Folder(arguments), stop),
        };
        var metrics = new WatchMetrics(TimeProvider.System);
        var listener = new WatchListeners(metrics, new WatchLog(Console.Out, arguments.GetValue(json), TimeProvider.System));
        var watch = new FleetWatch(tools, new WatchOptions { Interval = Interval(arguments) }, listener);
        if (arguments.GetValue(once))
            return ExitCodeOf(await watch.RunOnceAsync(project.Source(arguments), cancel));
        await using var server = arguments.GetValue(listen) is { } address and not Off ? new WatchServer(address, metrics, Stuck) : null;
        try
        {
            await watch.RunAsync(project.Source(arguments), cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // Being told to stop is how watching ends.
        }

        return ExitCode.Ok;
    }

    private TimeSpan Interval(ParseResult arguments) =>
        Duration.Parse(arguments.GetValue(interval)!) is var time && time >= TimeSpan.FromMilliseconds(100) && time <= TimeSpan.FromHours(1)
            ? time
            : throw new UserErrorException("--interval takes a time from 100ms to 1h");

    private static int ExitCodeOf(Core.Planning.Plan left) =>
        !left.IsEmpty || !left.Refusals.IsEmpty ? ExitCode.ChangesPending
        : !left.Silent.IsEmpty ? ExitCode.NodesFailed
        : ExitCode.Ok;
}
