using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Backfill;
using Millrace.Core.Model;
using Millrace.Engine;
using Millrace.Engine.Backfill;

namespace Millrace.Cli.Commands.Backfill;

/// <summary><c>millrace backfill pause</c>, <c>resume</c> and <c>cancel</c>: by anybody, of a backfill of anybody's.</summary>
internal sealed class BackfillJobCommand
{
    private readonly ProjectArguments project = new();
    private readonly LockOptions locking = new();
    private readonly Option<bool> json = ProjectOptions.Json();

    private readonly Argument<string?> id = new("job")
    {
        Description = "Its id; the newest unfinished one unless given", Arity = ArgumentArity.ZeroOrOne,
    };

    public static Command Pause() => new BackfillJobCommand().Build(
        "pause", "Stop a backfill after the units under way; live rows go on flowing into what it has built", BackfillControl.Pause,
        ("millrace backfill pause", "the one that runs"));

    public static Command Resume() => new BackfillJobCommand().Build(
        "resume", "Go on with a backfill that was paused, interrupted or killed", BackfillControl.Run,
        ("millrace backfill resume", "from any machine"));

    public static Command Cancel() => new BackfillJobCommand().Build(
        "cancel", "Give a backfill up and remove all that it keeps on the nodes", BackfillControl.Cancel,
        ("millrace backfill cancel bf12ab34cd", "readers never saw anything of it"));

    private Command Build(string name, string description, BackfillControl control, (string, string) example)
    {
        var command = new Command(name, description) { id, json };
        project.AddTo(command);
        if (control != BackfillControl.Pause)
            locking.AddTo(command);
        command.SetAction((arguments, cancel) => RunAsync(arguments, control, cancel));
        return command.WithExamples(example);
    }

    private async Task<int> RunAsync(ParseResult arguments, BackfillControl control, CancellationToken cancel)
    {
        using var services = new Services(project.Folder(arguments));
        if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
            return ExitCode.UserError;
        var backfills = RollupArguments.Open(services, declared);
        var job = await FindAsync(backfills, arguments.GetValue(id), control, cancel);
        using var progress = new BackfillProgress(Console.Error, job);
        if (control != BackfillControl.Run)
            await backfills.ControlAsync(job, control, progress, cancel);
        if (control == BackfillControl.Pause)
        {
            progress.Clear();
            Console.WriteLine($"{job.Id} stops after the units under way. Go on with:  millrace backfill resume {job.Id}");
            return ExitCode.Ok;
        }

        // A runner needs a moment to see that it was cancelled.
        var wait = control == BackfillControl.Cancel && locking.Wait(arguments) == TimeSpan.Zero ? TimeSpan.FromSeconds(60) : locking.Wait(arguments);
        var holding = new BackfillLock(project.Redaction, wait, locking.Force(arguments));
        return await BackfillOutcome.OfAsync(
            job, progress, arguments.GetValue(json),
            () => control == BackfillControl.Cancel
                ? backfills.CancelAsync(job, progress, holding, cancel)
                : backfills.ResumeAsync(job, progress, holding, cancel),
            cancel,
            isCancelling: control == BackfillControl.Cancel);
    }

    private static async Task<BackfillJob> FindAsync(Backfills backfills, string? wanted, BackfillControl control, CancellationToken cancel)
    {
        var jobs = (await backfills.ListAsync(cancel)).Where(job => wanted is null || job.Id == wanted);
        foreach (var job in jobs.Where(job => control == BackfillControl.Cancel || !job.IsCheck))
        {
            var phases = (await backfills.ReadAsync(job, cancel)).Select(node => node.Record?.Phase).ToList();
            if (BackfillJob.IsOpen(phases))
                return job;
            if (wanted is not null)
                throw new UserErrorException($"the backfill {wanted} {(phases.Contains(ShardPhase.Cancelled) ? "was cancelled" : "is done")}; there is nothing left of it");
        }

        throw new UserErrorException(wanted is null ? "no backfill is unfinished" : $"there is no backfill `{wanted}`; `millrace backfill status` lists them");
    }
}
