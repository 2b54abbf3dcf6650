using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Engine.Collections;
using Millrace.Engine.Journal;

namespace Millrace.Cli.Commands.Collections;

/// <summary><c>millrace collections apply</c>: creates collections, or sets every value anew and lets the tables read them.</summary>
internal sealed class CollectionsApplyCommand
{
    private readonly ProjectArguments project = new();
    private readonly LockOptions locking = new();
    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new CollectionsApplyCommand().Build();

    private Command Build()
    {
        var command = new Command("apply", "Create the collections, or set their values anew; tables that read them are made anew, node after node") { json };
        project.AddTo(command);
        locking.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(("millrace collections apply", "after a password was changed"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(project.Folder(arguments));
        if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
            return ExitCode.UserError;
        var terminal = Terminal.StandardOutput();
        var request = new RolloutRequest(
            declared, project.Redaction, await GitRevision.ReadAsync(project.Folder(arguments), cancel), locking.Wait(arguments), locking.Force(arguments), Console.Error.WriteLine);
        var done = await new GuardedRollout(services.Connector, services.Statements, services.Observer)
            .RunAsync(request, node => Console.Error.WriteLine($"{node} done"), cancel);
        CollectionText.Write(terminal, done, arguments.GetValue(json), project.Redaction);
        return done.Any(item => item.Trouble.Length > 0) ? ExitCode.NodesFailed : ExitCode.Ok;
    }
}
