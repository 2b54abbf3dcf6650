using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Doctor;
using Millrace.Core.Findings;
using Millrace.Engine.Doctor;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace doctor</c>: what is wrong on the nodes as they are now. Changes nothing.</summary>
public static class DoctorCommand
{
    public static Command Create()
    {
        var project = new ProjectArguments { IsBrief = true };
        var json = ProjectOptions.Json();
        var only = new Option<string[]>("--only")
        {
            Description = "Run only these checks", HelpName = "CODE", AllowMultipleArgumentsPerToken = true, DefaultValueFactory = _ => [],
        };
        var command = new Command("doctor", "Examine the running fleet: what loses rows, stands still, differs or will break") { json, only };
        project.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            using var services = new Services(project.Folder(arguments));
            if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
                return ExitCode.UserError;
            var report = await services.Doctor.ExamineAsync(declared, new DoctorOptions { Only = [.. arguments.GetRequiredValue(only)] }, cancel);
            if (arguments.GetValue(json))
                DoctorText.WriteJson(Console.Out, report);
            else
                new DoctorText(Terminal.StandardOutput()).Write(report);
            return ExitCodeOf(report);
        });
        return command;
    }

    internal static int ExitCodeOf(DoctorReport report) =>
        report.Findings.Any(f => f.Severity == Severity.Error && f.Code != DoctorRules.SilentNodesCode) ? ExitCode.UserError
        : report.Facts.Silent.IsEmpty ? ExitCode.Ok
        : ExitCode.NodesFailed;
}
