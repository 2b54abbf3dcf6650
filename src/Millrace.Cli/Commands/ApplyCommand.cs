using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Engine;
using Millrace.Engine.Apply;
using Millrace.Engine.Journal;
using Millrace.Engine.Plans;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace apply</c>: brings the nodes to the declaration and proves it.</summary>
public sealed class ApplyCommand
{
    /// <summary>Shorter beginnings of an id say too little: an empty one, from an unset variable, would fit every plan.</summary>
    private const int ShortestId = 6;

    private const int MovedListed = 10;

    private readonly ProjectArguments project = new() { IsBrief = true };
    private readonly AllowOptions allow = new();

    private readonly Argument<string?> file = new("plan.json")
    {
        Description = "A plan written by `millrace plan --out`: exactly that is applied", Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> id = new("--plan") { Description = "Apply only if the plan still has this id", HelpName = "ID" };
    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Do not ask, also when rows are destroyed" };
    private readonly LockOptions locking = new();
    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new ApplyCommand().Build();

    private Command Build()
    {
        var command = new Command("apply", "Run the plan node by node, read every object back, plan again") { file, id, yes, json };
        id.Validators.Add(result =>
        {
            if ((result.GetValueOrDefault<string?>() ?? "").Length < ShortestId)
                result.AddError($"--plan takes the id that `millrace plan` printed, at least {ShortestId} characters of it");
        });
        project.AddTo(command);
        allow.AddTo(command);
        locking.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace apply", "plan, show it, run it, prove it"),
            ("millrace apply --plan 4f1c09", "only if the plan still is the one that you have seen"),
            ("millrace apply plan.json", "a plan that was stored, unless the fleet has moved since"),
            ("millrace apply --without data-2", "go on although a storage node is down"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(project.Folder(arguments));
        if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
            return ExitCode.UserError;
        var options = allow.Read(arguments);
        var planned = await PlanAsync(services, declared, arguments, options, cancel);
        Show(planned, arguments);
        if (!planned.Plan.Refusals.IsEmpty)
            return ExitCode.UserError;
        if (planned.Plan.IsEmpty)
            return planned.Plan.Silent.IsEmpty ? ExitCode.Ok : ExitCode.NodesFailed;
        Consent.Ask(planned.Plan, arguments.GetValue(yes));
        return await ApplyAsync(services, declared, planned, options, arguments, cancel);
    }

    private void Show(PlannedFleet planned, ParseResult arguments)
    {
        var people = arguments.GetValue(json) ? Terminal.StandardError() : Terminal.StandardOutput();
        project.Printer(arguments, Terminal.StandardError()).Print(planned.Remarks);
        new PlanText(people, project.Printer(arguments, people)).Write(planned, PlanDetail.Screen, next: null);
    }

    /// <summary>The same questions as for the first plan, because it is another one.</summary>
    private async Task<PlannedFleet> PlanAgainAsync(
        Services services, Project declared, ParseResult arguments, PlanOptions options, ApplyProgress progress, CancellationToken cancel)
    {
        var planned = await services.PlanAsync(declared, options, cancel);
        Console.Error.WriteLine("the fleet has changed meanwhile; planned again:");
        Show(planned, arguments);
        if (!planned.Plan.Refusals.IsEmpty)
            throw new UserErrorException("the new plan must not run as it is; nothing was changed");
        Consent.Ask(planned.Plan, arguments.GetValue(yes));
        progress.PlanAgain(planned.Plan);
        return planned;
    }

    /// <summary>The plan of now, or the stored one if the world it was made for still stands.</summary>
    private async Task<PlannedFleet> PlanAsync(
        Services services, Project declared, ParseResult arguments, PlanOptions options, CancellationToken cancel)
    {
        var now = await services.PlanAsync(declared, options, cancel);
        if (arguments.GetValue(id) is { } wanted && !now.Plan.IsEmpty && !PlanId.Of(now.Plan).StartsWith(wanted, StringComparison.Ordinal))
            throw new UserErrorException(
                $"the plan is now {PlanId.Of(now.Plan)}, not {wanted}: the fleet, the project or the options have changed. Nothing was changed; look at `millrace plan` again");
        if (arguments.GetValue(file) is not { } path)
            return now;
        var stored = ReadPlan(path);
        if (stored.Project != declared.Name)
            throw new UserErrorException($"{path} is a plan of project `{stored.Project}`, this is project `{declared.Name}`");
        var moved = WorldCheck.Differences(stored, now.Observed);
        if (!moved.IsEmpty)
            throw new UserErrorException(
                $"{path} was made for a fleet that has changed since:\n  {string.Join("\n  ", moved.Take(MovedListed))}"
                + (moved.Length > MovedListed ? $"\n  and {moved.Length - MovedListed} more" : "")
                + $"\nNothing was changed. Make a new plan with `millrace plan --out {path}`.");
        return now with { Plan = stored with { Refusals = [.. now.Outside, .. stored.Refusals] } };
    }

    private static Plan ReadPlan(string path)
    {
        try
        {
            return PlanFile.Read(File.ReadAllText(path));
        }
        catch (Exception error) when (error is FormatException or IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"{path}: {error.Message}");
        }
    }

    private async Task<int> ApplyAsync(
        Services services, Project declared, PlannedFleet planned, PlanOptions options, ParseResult arguments, CancellationToken cancel)
    {
        using var progress = new ApplyProgress(Console.Error, planned.Plan);
        try
        {
            var request = new GuardedRequest
            {
                Project = declared,
                Planned = planned,
                Options = options,
                Redaction = project.Redaction,
                Revision = await GitRevision.ReadAsync(project.Folder(arguments), cancel),
                Wait = locking.Wait(arguments),
                ForceUnlock = locking.Force(arguments),
                PlanAgain = arguments.GetValue(id) is null && arguments.GetValue(file) is null
                    ? stop => PlanAgainAsync(services, declared, arguments, options, progress, stop)
                    : null,
                OnWaiting = Console.Error.WriteLine,
            };
            var (report, rest) = await services.Apply.RunAsync(request, progress, cancel);
            progress.Clear();
            if (arguments.GetValue(json))
                ApplyReportText.WriteJson(Console.Out, report, rest);
            else
                ApplyReportText.Write(Console.Out, report, rest);
            return report.Succeeded && rest.IsEmpty && rest.Silent.IsEmpty ? ExitCode.Ok : ExitCode.NodesFailed;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            progress.Clear();
            Console.Error.WriteLine(
                $"interrupted: {progress.Finished} of {progress.Total} steps are done, the others were not started. `millrace apply` goes on from here.");
            return ExitCode.NodesFailed;
        }
    }
}
