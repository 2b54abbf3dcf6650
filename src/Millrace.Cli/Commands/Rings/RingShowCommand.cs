using System.CommandLine;
using Millrace.Cli.Output;

namespace Millrace.Cli.Commands.Rings;

/// <summary><c>millrace ring show</c>: which shard holds which layers, and how it came to that.</summary>
internal static class RingShowCommand
{
    public static Command Create()
    {
        var ring = new RingArguments();
        var json = ProjectOptions.Json();
        var command = new Command("show", "Show which shard holds which layers, and every change so far") { json };
        ring.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            using var services = new Services(ring.Project.Folder(arguments));
            if (await ring.LoadAsync(arguments, services, cancel) is not { } project)
                return ExitCode.UserError;
            var shown = ring.Find(arguments, project);
            var held = RingArguments.LockOf(shown);
            if (arguments.GetValue(json))
                JsonOutput.Write(Terminal.StandardOutput(), RingJson.Of(project, shown, held));
            else
                new RingText(Terminal.StandardOutput()).Show(project, shown, held);
            return ExitCode.Ok;
        });
        return command.WithExamples(
            ("millrace ring show main", "the shards with their layers, and the ring's history"),
            ("millrace ring show main --json", "for producers that place rows themselves"));
    }
}
