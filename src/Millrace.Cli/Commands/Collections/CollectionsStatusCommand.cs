using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Engine.Collections;

namespace Millrace.Cli.Commands.Collections;

/// <summary><c>millrace collections status</c>: which node has which collection, and from where.</summary>
internal static class CollectionsStatusCommand
{
    public static Command Create()
    {
        var project = new ProjectArguments();
        var json = ProjectOptions.Json();
        var command = new Command("status", "Show which node has which collection, and from where") { json };
        project.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            using var services = new Services(project.Folder(arguments));
            if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
                return ExitCode.UserError;
            var found = await new CollectionRollout(services.Connector, declared).LookAsync(cancel);
            CollectionText.Write(Terminal.StandardOutput(), found, arguments.GetValue(json), project.Redaction);
            return found.Any(item => item.State == CollectionState.Failed) ? ExitCode.NodesFailed
                : found.Any(item => item.State == CollectionState.Missing) ? ExitCode.UserError
                : ExitCode.Ok;
        });
        return command.WithExamples(("millrace collections status", "on every node that runs a pipeline"));
    }
}
