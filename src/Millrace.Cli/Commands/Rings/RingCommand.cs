using System.CommandLine;

namespace Millrace.Cli.Commands.Rings;

/// <summary><c>millrace ring</c>: which shard a row is written to, and how that changes.</summary>
public static class RingCommand
{
    public static Command Create() => new("ring", "Show and change which shard rows are written to")
    {
        RingShowCommand.Create(),
        RingPlanCommand.Create(),
        RingApplyCommand.Create(),
        RingExplainCommand.Create(),
        RingSimulateCommand.Create(),
        RingRebalanceCommand.Create(),
        RingSettleCommand.Create(),
    };
}
