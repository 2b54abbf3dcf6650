using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Engine;

namespace Millrace.Cli.Commands.Rings;

/// <summary><c>millrace ring plan</c>: which layers a change would move. Writes nothing.</summary>
internal static class RingPlanCommand
{
    public static Command Create()
    {
        var ring = new RingArguments();
        var change = new RingChangeOptions();
        var json = ProjectOptions.Json();
        var command = new Command("plan", "Show which layers a change would move; write nothing") { json };
        ring.AddTo(command);
        change.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            using var services = new Services(ring.Project.Folder(arguments));
            if (await ring.LoadAsync(arguments, services, cancel) is not { } project)
                return ExitCode.UserError;
            var planned = ring.Find(arguments, project);
            var held = RingArguments.LockOf(planned);
            if (change.Read(arguments) is not { IsEmpty: false } wanted)
                throw new UserErrorException("say what shall change: --add-shard N, --remove-shard N, --weight SHARD=W or --move LAYER=SHARD");
            var (proposal, fault) = wanted.On(held);
            if (proposal is null)
                throw new UserErrorException(fault!);
            var terminal = Terminal.StandardOutput();
            if (arguments.GetValue(json))
                JsonOutput.Write(terminal, RingJson.Of(held, proposal));
            else
                new RingText(terminal).Plan(
                    project, planned, held, proposal,
                    $"millrace ring apply {CommandWord.Of(planned.Name)}{change.Words(arguments)}{ring.Project.Words(arguments)} --why \"...\"");
            return ExitCode.Ok;
        });
        return command.WithExamples(
            ("millrace ring plan main --add-shard 3", "which layers the new shard takes, and from whom"),
            ("millrace ring plan main --remove-shard 2", "where a shard's layers go"),
            ("millrace ring plan main --weight 3=2", "a shard that shall take twice as much"));
    }
}
