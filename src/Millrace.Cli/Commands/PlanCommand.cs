using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Core.Planning;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace plan</c>: what an apply would do, where, why, and at what risk. Changes nothing.</summary>
public static class PlanCommand
{
    public static Command Create()
    {
        var project = new ProjectArguments();
        var allow = new AllowOptions();
        var json = ProjectOptions.Json();
        var sql = new Option<bool>("--sql") { Description = "Print every statement in full" };
        var all = new Option<bool>("--all") { Description = "Print every step, also when they are more than a screen" };
        var output = new Option<string?>("--out") { Description = "Write the plan to a file that `apply` runs exactly", HelpName = "FILE" };
        var detailed = new Option<bool>("--detailed-exitcode") { Description = "Exit with 2 when changes are pending" };
        var command = new Command("plan", "Show the steps from what the nodes hold to what is declared") { json, sql, all, output, detailed };
        project.AddTo(command);
        allow.AddTo(command);
        command.SetAction(async (arguments, cancel) =>
        {
            using var services = new Services(project.Folder(arguments));
            if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
                return ExitCode.UserError;
            var planned = await services.PlanAsync(declared, allow.Read(arguments), cancel);
            project.Printer(arguments, Terminal.StandardError()).Print([.. planned.Breaking.Where(finding => finding.Severity == Severity.Warning), .. planned.Remarks]);
            if (arguments.GetValue(output) is { } file)
                await File.WriteAllTextAsync(file, PlanFile.Write(planned.Plan), cancel);
            if (arguments.GetValue(json))
                Console.Out.WriteLine(PlanFile.Write(planned.Plan));
            else
                new PlanText(Terminal.StandardOutput(), project.Printer(arguments, Terminal.StandardOutput()))
                    .Write(
                        planned,
                        arguments.GetValue(sql) ? PlanDetail.Sql : arguments.GetValue(all) ? PlanDetail.All : PlanDetail.Screen,
                        next: NextCommand(planned.Plan, arguments.GetValue(output), project, allow, arguments));
            return ExitCodeOf(planned.Plan, arguments.GetValue(detailed));
        });
        return command.WithExamples(
            ("millrace plan", "what would change, where, at what risk"),
            ("millrace plan --sql", "with every statement in full"),
            ("millrace plan --out plan.json", "keep it for review; `millrace apply plan.json` runs exactly that"),
            ("millrace plan --allow-destroy sharded_events", "also drop what is no longer declared there"),
            ("millrace plan --detailed-exitcode", "in CI: 0 nothing to do, 2 changes pending"));
    }

    /// <summary>The command that applies exactly this plan: what was allowed must be allowed again, or it is another plan.</summary>
    private static string NextCommand(
        Plan plan, string? file, ProjectArguments project, AllowOptions allow, ParseResult arguments) =>
        $"millrace apply {(file is null ? $"--plan {PlanId.Of(plan)}{allow.Words(arguments)}" : CommandWord.Of(file))}{project.Words(arguments)}";

    private static int ExitCodeOf(Plan plan, bool detailed) =>
        !plan.Refusals.IsEmpty ? ExitCode.UserError
        : detailed && !plan.IsEmpty ? ExitCode.ChangesPending
        : !plan.Silent.IsEmpty ? ExitCode.NodesFailed
        : ExitCode.Ok;
}
