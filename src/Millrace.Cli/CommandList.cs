using System.CommandLine;
using Millrace.Cli.Commands;

namespace Millrace.Cli;

/// <summary>Every command of the tool, in the order that help shows them.</summary>
public static class CommandList
{
    public static IEnumerable<Command> All() =>
    [
        NodeCommand.Create(),
        BrokerCommand.Create(),
    ];
}
