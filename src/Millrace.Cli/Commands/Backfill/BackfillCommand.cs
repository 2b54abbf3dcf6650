using System.CommandLine;

namespace Millrace.Cli.Commands.Backfill;

/// <summary><c>millrace backfill</c>: rebuilds rollups out of the rows that their source already holds.</summary>
public static class BackfillCommand
{
    public static Command Create()
    {
        var command = new Command("backfill", "Fill rollups with the rows that were there before, exactly, while the stream runs")
        {
            BackfillPlanCommand.Create(),
            BackfillRunCommand.Create(),
            BackfillStatusCommand.Create(),
            BackfillJobCommand.Pause(),
            BackfillJobCommand.Resume(),
            BackfillJobCommand.Cancel(),
            BackfillVerifyCommand.Create(),
        };
        return command.WithExamples(
            ("millrace backfill plan hourly", "what it would do, and whether the disks have room"),
            ("millrace backfill run hourly", "rebuild hourly and the rollups of it"),
            ("millrace backfill verify hourly", "compare it with its source, key by key"));
    }
}
