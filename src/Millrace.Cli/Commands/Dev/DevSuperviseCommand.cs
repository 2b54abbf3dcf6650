using System.CommandLine;
using Millrace.DevCluster;

namespace Millrace.Cli.Commands.Dev;

/// <summary><c>millrace dev supervise</c>: the background process behind <c>dev up</c>; not for people.</summary>
internal static class DevSuperviseCommand
{
    public static Command Create()
    {
        var folder = DevCommand.Folder();
        var command = new Command("supervise", "Own the servers of a development cluster.") { folder };
        command.Hidden = true;
        command.SetAction(async (arguments, stop) =>
        {
            await ClusterSupervisor.RunAsync(arguments.GetRequiredValue(folder), stop);
            return ExitCode.Ok;
        });
        return command;
    }
}
