using System.CommandLine;

namespace Millrace.Cli.Commands.Legs;

/// <summary><c>millrace leg</c>: the legs of a pipeline side by side, and the move from one broker to another.</summary>
public static class LegCommand
{
    public static Command Create() =>
        new("leg", "Compare the legs of a pipeline, and move from one broker to another")
        {
            LegStatusCommand.Create(), LegParityCommand.Create(), LegCutoverCommand.Create(),
        };
}
