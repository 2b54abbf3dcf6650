using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Drift;
using Millrace.Core.Planning;
using Millrace.Engine.Plans;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace drift</c>: where the nodes depart from the declaration, and from each other. Changes nothing.</summary>
public static class DriftCommand
{
    public static Command Create()
    {
        var project = new ProjectArguments { IsBrief = true };
        var json = ProjectOptions.Json();
        var command = new Command("drift", "Show where nodes depart from the declaration, and from each other") { json };
        project.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            using var services = new Services(project.Folder(arguments));
            if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
                return ExitCode.UserError;
            var planned = await services.Planner.PlanAsync(declared, new PlanOptions(), cancel);
            var terminal = Terminal.StandardOutput();
            var printer = project.Printer(arguments, terminal);
            if (!planned.LabFindings.IsEmpty)
            {
                printer.Print(planned.LabFindings);
                return ExitCode.UserError;
            }

            var report = Report(declared, planned);
            if (arguments.GetValue(json))
                JsonOutput.Write(terminal, DriftJson.Of(report));
            else
                new DriftText(terminal, printer).Write(report);
            return !report.IsEmpty ? ExitCode.ChangesPending : report.Silent.IsEmpty ? ExitCode.Ok : ExitCode.NodesFailed;
        });
        return command;
    }

    private static DriftReport Report(Core.Model.Project declared, PlannedFleet planned) =>
        DriftReport.Of(new PlanRequest(declared, planned.Objects, planned.Observed, new PlanOptions()), planned.Plan);
}
