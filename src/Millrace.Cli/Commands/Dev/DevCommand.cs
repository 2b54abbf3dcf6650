using System.CommandLine;
using Millrace.DevCluster;

namespace Millrace.Cli.Commands.Dev;

/// <summary><c>millrace dev</c>: a cluster of real ClickHouse servers and brokers on this machine.</summary>
public static class DevCommand
{
    public static Command Create() => new("dev", "Run a development cluster on this machine.")
    {
        DevUpCommand.Create(),
        DevStatusCommand.Create(),
        DevDownCommand.Create(),
        DevDemoCommand.Create(),
        DevSuperviseCommand.Create(),
    };

    internal static Option<string> Folder() => new("--dir")
    {
        Description = "folder of data, logs and state",
        DefaultValueFactory = _ => ".millrace",
        HelpName = "DIR",
    };

    internal static SupervisorClient Client(ParseResult arguments, Option<string> folder) =>
        new(Path.GetFullPath(arguments.GetRequiredValue(folder)));
}
