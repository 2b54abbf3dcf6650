using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Observed;
using Millrace.Engine.Status;
using Millrace.Kafka;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace status</c>: how every node and every stream is doing. Changes nothing.</summary>
public sealed class StatusCommand
{
    private readonly ProjectArguments project = new() { IsBrief = true };
    private readonly Option<bool> json = ProjectOptions.Json();
    private readonly Option<bool> watch = new("--watch", "-w") { Description = "Look again and again until interrupted" };

    private readonly Option<double> interval = new("--interval")
    {
        Description = "Seconds between two looks; rates are measured over them",
        DefaultValueFactory = _ => 2,
        HelpName = "SECONDS",
    };

    public static Command Create() => new StatusCommand().Build();

    private Command Build()
    {
        var command = new Command("status", "Show how every node and every stream is doing") { json, watch, interval };
        interval.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.1 and <= 3600))
                result.AddError("--interval takes seconds from 0.1 to 3600");
        });
        project.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace status", "one look"),
            ("millrace status --watch --interval 5", "until interrupted"),
            ("millrace status --json | jq '.legs[] | {pipeline, lag}'", "for machines"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(project.Folder(arguments));
        if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
            return ExitCode.UserError;
        var collector = new StatusCollector(services.Connector, new BrokerLag());
        var wait = TimeSpan.FromSeconds(arguments.GetValue(interval));
        var status = await collector.CollectAsync(declared, cancel: cancel);
        try
        {
            do
            {
                await Task.Delay(wait, cancel);
                status = await collector.CollectAsync(declared, status, cancel);
                Show(status, arguments);
            }
            while (arguments.GetValue(watch));
        }
        catch (OperationCanceledException) when (arguments.GetValue(watch))
        {
            // Interrupting is how watching ends.
        }

        return status.Nodes.All(node => node.State == NodeState.Ok) ? ExitCode.Ok : ExitCode.NodesFailed;
    }

    private void Show(FleetStatus status, ParseResult arguments)
    {
        var terminal = Terminal.StandardOutput();
        if (arguments.GetValue(json))
        {
            terminal.Out.WriteLine(StatusJson.Write(status, indented: !arguments.GetValue(watch)));
            return;
        }

        // One write for the whole screen, so that it does not flicker.
        var clear = arguments.GetValue(watch) && terminal.UseColour ? "\e[H\e[2J" : "";
        terminal.Out.Write(clear + new StatusTable(terminal).Render(status) + (arguments.GetValue(watch) ? "\n" : ""));
    }
}
