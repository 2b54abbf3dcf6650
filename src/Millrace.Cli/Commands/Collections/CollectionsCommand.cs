using System.CommandLine;

namespace Millrace.Cli.Commands.Collections;

/// <summary><c>millrace collections</c>: the named collections of brokers and connections, over SQL.</summary>
internal static class CollectionsCommand
{
    public static Command Create() => new("collections", "Create the named collections of brokers and connections on the nodes, and rotate them")
    {
        CollectionsStatusCommand.Create(),
        CollectionsApplyCommand.Create(),
    };
}
