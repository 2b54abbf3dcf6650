using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Engine.Backfill;

namespace Millrace.Cli.Commands.Backfill;

/// <summary><c>millrace backfill run</c>.</summary>
internal sealed class BackfillRunCommand
{
    private readonly RollupArguments rollup = new();
    private readonly LimitOptions limits = new();
    private readonly LockOptions locking = new();
    private readonly Option<bool> json = ProjectOptions.Json();

    private readonly Option<string[]> allowDestroy = new("--allow-destroy")
    {
        Description = "Rebuild this rollup although it holds keys that its source has no rows of any more: they end. Repeatable", HelpName = "ROLLUP",
    };

    public static Command Create() => new BackfillRunCommand().Build();

    private Command Build()
    {
        var command = new Command("run", "Rebuild a rollup and the rollups of it; readers see the old tables until the new ones are proved") { allowDestroy, json };
        rollup.AddTo(command);
        limits.AddTo(command);
        locking.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace backfill run hourly", "all of it"),
            ("millrace backfill run hourly --partition 202406", "repair one partition"),
            ("millrace backfill run hourly --since 2024-06-03 --until 2024-06-05", "two days that are missing"),
            ("millrace backfill run hourly --cut quiet", "never stop consumers, not even for a second"),
            ("millrace backfill run hourly --ingest-time ingested_at", "where INSERTs never rest: nothing pauses"),
            ("millrace backfill run hourly --from kafka", "where the topics keep more than storage does"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(rollup.Project.Folder(arguments));
        if (await rollup.PlanAsync(arguments, services, limits.Read(arguments), cancel) is not var (declared, planned))
            return ExitCode.UserError;
        var job = planned with { Limits = planned.Limits with { MayLose = (arguments.GetValue(allowDestroy) ?? []).Contains(planned.Rollup) } };
        var room = await BackfillEstimate.ReadAsync(job, declared.Fleet, services.Connector, cancel);
        room.ThrowIfTooSmall();
        if (room.SourceRows == 0)
        {
            Console.Error.WriteLine("the source holds no rows: there is nothing to fill");
            return ExitCode.Ok;
        }

        if (!job.Limits.MayLose && await BackfillLosses.FindAsync(job, declared.Fleet, services.Connector, cancel) is { IsEmpty: false } losses)
        {
            BackfillText.WriteLosses(Console.Error, job, losses);
            return ExitCode.UserError;
        }

        using var progress = new BackfillProgress(Console.Error, job);
        return await BackfillOutcome.OfAsync(
            job, progress, arguments.GetValue(json),
            () => RollupArguments.Open(services, declared).StartAsync(
                job, progress, new BackfillLock(rollup.Project.Redaction, locking.Wait(arguments), locking.Force(arguments)), cancel),
            cancel);
    }
}
