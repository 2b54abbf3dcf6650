using System.Text.Json.Nodes;
using Millrace.Core.Backfill;
using Millrace.Engine.Backfill;

namespace Millrace.Cli.Output;

/// <summary>Runs a backfill and says how it ended, with the next command.</summary>
internal static class BackfillOutcome
{
    public static async Task<int> OfAsync(BackfillJob job, BackfillProgress progress, bool json, Func<Task> run, CancellationToken cancel, bool isCancelling = false)
    {
        try
        {
            await run();
            progress.Clear();
            if (isCancelling && !json)
                Console.WriteLine($"{job.Id} is cancelled; readers have what they had, and nothing of it is left on the nodes.");
            else
                Write(job, progress, json);
            return ExitCode.Ok;
        }
        catch (BackfillStoppedException stopped)
        {
            progress.Clear();
            Console.Error.WriteLine(stopped.Control == BackfillControl.Pause
                ? $"{job.Id} is paused; live rows go on flowing into what it has built. Go on with:  millrace backfill resume {job.Id}"
                : $"{job.Id} was cancelled by somebody else, who removes what it keeps");
            return ExitCode.UserError;
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            progress.Clear();
            Console.Error.WriteLine($"interrupted; the fleet knows how far it is. Go on with:  millrace backfill resume {job.Id}\nor give it up with:  millrace backfill cancel {job.Id}");
            return ExitCode.NodesFailed;
        }
    }

    private static void Write(BackfillJob job, BackfillProgress progress, bool json)
    {
        if (json)
        {
            JsonOutput.Write(Terminal.StandardOutput(), new JsonObject
            {
                ["job"] = job.Id,
                ["rows"] = progress.Rows,
                ["seconds"] = Math.Round(progress.Elapsed.TotalSeconds, 3),
                ["pause_ms"] = new JsonArray([.. progress.Pauses.Select(pause => (JsonNode)Math.Round(pause.TotalMilliseconds))]),
            });
            return;
        }

        var pauses = progress.Pauses.Count == 0 ? "consumers were never paused" : $"consumers paused for {string.Join(", ", progress.Pauses.Select(pause => $"{pause.TotalMilliseconds:0} ms"))}";
        Console.WriteLine($"{job.Id} is done: {progress.Rows:N0} rows in {progress.Elapsed.TotalSeconds:0.0} s; {pauses}; nothing of it is left on the nodes.");
    }
}
