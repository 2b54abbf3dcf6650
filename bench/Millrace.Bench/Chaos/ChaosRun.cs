using System.Diagnostics;
using Millrace.Engine;

namespace Millrace.Bench.Chaos;

/// <summary>One run: load, faults one after another, and the count at the end.</summary>
internal sealed class ChaosRun(ChaosOptions options, Func<IFault[]> kinds, ChaosFleet fleet, TextWriter report)
{
    private static readonly TimeSpan RecoveryLimit = TimeSpan.FromSeconds(300);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly Landing landing = new(fleet);
    private readonly Stopwatch watch = Stopwatch.StartNew();

    /// <exception cref="UserErrorException">The fleet did not recover from a fault; the message says from which and how it is.</exception>
    public static async Task<ChaosOutcome> RunAsync(
        ChaosOptions options, Func<IFault[]> kinds, string folder, TextWriter report, CancellationToken cancel)
    {
        report.WriteLine($"seed {options.Seed}, {options.Rounds} rounds, {options.Rate} events/s{(options.BackgroundInserts ? ", background inserts" : "")}");
        await using var fleet = await ChaosFleet.UpAsync(options, folder, cancel);
        using var stopSending = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var sending = options.BackgroundInserts ? SpoolSender.RunAsync(fleet, stopSending.Token) : Task.CompletedTask;
        try
        {
            return await new ChaosRun(options, kinds, fleet, report).RunAsync(cancel);
        }
        finally
        {
            await stopSending.CancelAsync();
            await sending;
        }
    }

    private async Task<ChaosOutcome> RunAsync(CancellationToken cancel)
    {
        await fleet.ApplyAsync(fault: null, cancel);
        using var stopLoad = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var load = fleet.Load.RunAsync(stopLoad.Token);
        var pace = PaceAsync(stopLoad.Token);
        await RecoverAsync("start", () => Task.CompletedTask, cancel);
        var seconds = await StrikeAllAsync(cancel);
        await stopLoad.CancelAsync();
        await Task.WhenAll(load, pace);
        fleet.Load.Finish();
        return await CountAsync(seconds, cancel);
    }

    private async Task<List<double>> StrikeAllAsync(CancellationToken cancel)
    {
        var random = new Random(options.Seed);
        var deck = new FaultDeck(random, kinds);
        var seconds = new List<double>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            var fault = deck.Draw();
            await fault.StrikeAsync(fleet, random, cancel);
            var took = await RecoverAsync(fault.Name, () => fault.AnswerAsync(fleet, cancel), cancel);
            seconds.Add(took.TotalSeconds);
            report.WriteLine($"{watch.Elapsed:mm\\:ss} round {round,3}  {fault.Name,-40} recovered in {took.TotalSeconds,5:0.0} s, {fleet.Load.Sent,9:N0} sent");
        }

        return seconds;
    }

    /// <summary>Waits until events that are sent from now on arrive from every partition on every shard.</summary>
    private async Task<TimeSpan> RecoverAsync(string fault, Func<Task> answer, CancellationToken cancel)
    {
        var since = Stopwatch.StartNew();
        var wanted = fleet.Load.Sent;
        var answered = answer();
        while (await landing.ReachedAsync(cancel) < wanted)
        {
            if (since.Elapsed > RecoveryLimit)
                throw new UserErrorException(
                    $"after `{fault}` rows did not flow again within {RecoveryLimit.TotalSeconds:0} s. The watch said last:\n{await fleet.EndWatchAsync()}");
            await Task.Delay(Look, cancel);
        }

        await answered;
        return since.Elapsed;
    }

    private async Task PaceAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (await landing.ReachedAsync(CancellationToken.None) is var reached and >= 0)
                fleet.Load.NoteLanded(reached);
            await Task.Delay(Look, CancellationToken.None);
        }
    }

    private async Task<ChaosOutcome> CountAsync(List<double> seconds, CancellationToken cancel)
    {
        await fleet.ApplyAsync(fault: null, cancel);
        await DrainAsync(cancel);
        var produced = fleet.Load.Sent;
        var (distinct, duplicates) = await landing.CountAsync(produced, cancel);
        var poison = await landing.PoisonAsync(cancel);
        var left = (await fleet.PlanAsync(cancel)).Steps.Length;
        return new ChaosOutcome(
            options.Rounds, options.Seed, produced, distinct, duplicates, fleet.Load.PoisonSent, poison, seconds, left, fleet.Servers.Aborted);
    }

    /// <summary>Waits until everything is there, or nothing more has come for a while.</summary>
    private async Task DrainAsync(CancellationToken cancel)
    {
        var quiet = Stopwatch.StartNew();
        var last = (-1L, -1L);
        while (quiet.Elapsed < Quiet && last != (fleet.Load.Sent, fleet.Load.PoisonSent))
        {
            var now = ((await landing.CountAsync(fleet.Load.Sent, cancel)).Distinct, await landing.PoisonAsync(cancel));
            if (now != last)
                quiet.Restart();
            last = now;
            await Task.Delay(Look, cancel);
        }
    }
}
