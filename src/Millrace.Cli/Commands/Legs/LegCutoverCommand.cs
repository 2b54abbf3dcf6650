using System.Collections.Immutable;
using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Legs;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Engine;
using Millrace.Engine.Apply;
using Millrace.Engine.Journal;
using Millrace.Engine.Legs;
using Millrace.Engine.Plans;
using Millrace.Kafka;

namespace Millrace.Cli.Commands.Legs;

/// <summary><c>millrace leg cutover</c>: drops a leg once it is proven that nothing needs it any more.</summary>
public sealed class LegCutoverCommand
{
    private readonly ProjectArguments project = new();
    private readonly LegChoice choice = new();
    private readonly ParityOptions parity = new();
    private readonly LockOptions locking = new();
    private readonly Option<bool> json = ProjectOptions.Json();
    private readonly Option<bool> check = new("--check") { Description = "Only look whether every condition holds; change nothing" };
    private readonly Option<bool> yes = new("--yes", "-y") { Description = "Drop the old leg without asking" };
    private readonly Option<bool> without = new("--without-parity") { Description = "Do not look for the legs' events in the data table" };

    private readonly Option<double> silence = new("--silence")
    {
        Description = "Seconds without a new message that prove producers silent", DefaultValueFactory = _ => 10, HelpName = "SECONDS",
    };

    public static Command Create() => new LegCutoverCommand().Build();

    private Command Build()
    {
        silence.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<double>() is not (>= 0.5 and <= 3600))
                result.AddError("--silence takes seconds from 0.5 to 3600");
        });
        var command = new Command("cutover", "Drop the old leg of a pipeline, once every condition for it holds") { check, silence, without, yes, json };
        choice.AddTo(command);
        parity.AddTo(command);
        project.AddTo(command);
        locking.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace leg cutover --to warpstream --check", "how far the move is; changes nothing"),
            ("millrace leg cutover --to warpstream", "the same, and drop the old leg when everything holds"),
            ("millrace leg cutover --to warpstream --silence 60 --yes", "a minute without messages, and no question"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(project.Folder(arguments));
        if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
            return ExitCode.UserError;
        var (pipeline, old, @new) = choice.Find(declared, arguments);
        var checks = await CheckAsync(services, declared, (pipeline, old, @new), arguments, cancel);
        var may = Cutover.MayDrop(checks);
        var only = arguments.GetValue(check);
        var people = arguments.GetValue(json) ? Console.Error : Console.Out;
        people.Write(LegText.Cutover(pipeline, old, @new, checks, may && only));
        if (may && !only)
            may = await DropAsync(services, declared, (pipeline, old), people, arguments, cancel);
        if (arguments.GetValue(json))
            Console.Out.WriteLine(LegJson.Cutover(pipeline.Name, old, @new, checks, dropped: may && !only));
        return may ? ExitCode.Ok : Cutover.MayDrop(checks) ? ExitCode.NodesFailed : ExitCode.UserError;
    }

    private async Task<ImmutableArray<CutoverCheck>> CheckAsync(
        Services services, Project declared, (Pipeline Pipeline, Leg Old, Leg New) move, ParseResult arguments, CancellationToken cancel)
    {
        var topics = new TopicSource();
        var read = await new LegReader(services.Connector, topics)
            .ReadAsync(declared, [move.Pipeline], TimeSpan.FromSeconds(arguments.GetValue(silence)), cancel);
        var (old, @new) = LegChoice.Pick(read, move.Old, move.New);
        var compared = arguments.GetValue(without) || !Cutover.MayCompare(old, @new)
            ? null
            : await new ParityReader(services.Connector, topics).CompareAsync(
                declared, move.Pipeline, old, @new, parity.Id(arguments), parity.Messages(arguments), cancel);
        return Cutover.Walk(old, @new, compared);
    }

    /// <summary>Applies the declaration without the old leg, under the fleet's lock and written to its journal.</summary>
    private async Task<bool> DropAsync(
        Services services, Project declared, (Pipeline Pipeline, Leg Old) leaving, TextWriter people, ParseResult arguments, CancellationToken cancel)
    {
        await RefusePendingAsync(services, declared, cancel);
        var remaining = declared with
        {
            Pipelines = [.. declared.Pipelines.Select(p => p == leaving.Pipeline ? p with { Legs = p.Legs.Remove(leaving.Old) } : p)],
        };
        var planned = await services.Planner.PlanAsync(remaining, new PlanOptions(), cancel);
        var terminal = new Terminal(people, UseColour: false);
        new PlanText(terminal, project.Printer(arguments, terminal)).Write(planned, PlanDetail.Screen, next: null);
        if (!planned.Plan.Refusals.IsEmpty)
            return false;
        Confirm(leaving.Old, arguments.GetValue(yes));
        var left = await ApplyAsync(services, remaining, planned, people, arguments, cancel);
        people.WriteLine($"Now delete leg `{leaving.Old.Name}` from {Where(declared, leaving)}: an apply or watch of the file as it is would make it again.");
        return left;
    }

    /// <summary>A cutover changes one thing; what else is pending belongs into an apply that somebody has looked at.</summary>
    private static async Task RefusePendingAsync(Services services, Project declared, CancellationToken cancel)
    {
        var pending = await services.Planner.PlanAsync(declared, new PlanOptions(), cancel);
        if (!pending.Plan.Steps.IsEmpty || !pending.Plan.Refusals.IsEmpty)
            throw new UserErrorException("the fleet is not as declared: `millrace plan` shows the difference. Apply that first; nothing was dropped");
    }

    private async Task<bool> ApplyAsync(
        Services services, Project remaining, PlannedFleet planned, TextWriter people, ParseResult arguments, CancellationToken cancel)
    {
        using var progress = new ApplyProgress(Console.Error, planned.Plan);
        var (report, rest) = await services.Apply.RunAsync(
            new GuardedRequest
            {
                Project = remaining,
                Planned = planned,
                Options = new PlanOptions(),
                Redaction = project.Redaction,
                Revision = await GitRevision.ReadAsync(project.Folder(arguments), cancel),
                Wait = locking.Wait(arguments),
                ForceUnlock = locking.Force(arguments),
                OnWaiting = Console.Error.WriteLine,
            },
            progress,
            cancel);
        progress.Clear();
        ApplyReportText.Write(people, report, rest);
        return report.Succeeded && rest.IsEmpty;
    }

    private static void Confirm(Leg old, bool yes)
    {
        if (yes)
            return;
        if (Console.IsInputRedirected)
            throw new UserErrorException("there is no terminal to ask on: add --yes to drop the old leg. Nothing was dropped");
        Console.Error.Write($"This ends consumption from {old.Broker}. Type `yes` to go on: ");
        if (Console.ReadLine()?.Trim() != "yes")
            throw new UserErrorException("nothing was dropped");
    }

    private static string Where(Project declared, (Pipeline Pipeline, Leg Old) leaving) =>
        declared.Sources.Find($"{leaving.Pipeline.Path}.legs[{leaving.Pipeline.Legs.IndexOf(leaving.Old)}]")?.ToString()
        ?? $"pipeline `{leaving.Pipeline.Name}`";
}
