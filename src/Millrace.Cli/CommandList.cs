using System.CommandLine;
using Millrace.Cli.Commands;
using Millrace.Cli.Commands.Dev;

namespace Millrace.Cli;

/// <summary>Every command of the tool, in the order that help shows them.</summary>
public static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        PlanCommand.Create(),
        ApplyCommand.Create(),
        NodeCommand.Create(),
        BrokerCommand.Create(),
        DevCommand.Create(),
    ];
}
