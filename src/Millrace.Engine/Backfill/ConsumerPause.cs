using System.Diagnostics;
using Millrace.Core.Backfill;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Stops the consumers of a stream for a moment: their Kafka tables are detached, which ends what they are inserting, and
/// attached again. Offsets stay in the consumer group. It is written down first, so that whoever resumes starts them again.
/// What is done meanwhile finds out by itself whether INSERTs rest, so a consumer that cannot be stopped costs time, not rows.
/// </summary>
/// <param name="nodes">The ingestion nodes by name.</param>
/// <param name="stores">Where it is written down.</param>
internal sealed class ConsumerPause(
    BackfillJob job, IReadOnlyDictionary<string, StorageNode> nodes, IReadOnlyCollection<BackfillStore> stores, IBackfillListener listener)
{
    private const int TableExists = 57;
    private const int UnknownTable = 60;

    /// <summary>A node that does not answer is asked again this often.</summary>
    private const int MostTries = 6;

    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(500);
    private static readonly StatementOptions Once = new() { Idempotent = false };

    /// <summary>Does something while no consumer of the job runs. They run again at the deadline, whatever became of it.</summary>
    /// <param name="act">Gets the time that is left.</param>
    public async Task<bool> RunAsync(TimeSpan deadline, Func<TimeSpan, Task<bool>> act, CancellationToken cancel)
    {
        await NoteAsync("stopped", cancel);
        var since = Stopwatch.GetTimestamp();
        var stopping = job.Consumers.Select(consumer => (consumer, DetachAsync(consumer, cancel))).ToList();
        var acting = Task.FromResult(false);
        try
        {
            var over = Task.Delay(deadline, cancel);
            await Task.WhenAny(Task.WhenAll(stopping.Select(item => item.Item2)), over);
            if (!over.IsCompleted)
                await Task.WhenAny(acting = act(deadline - Stopwatch.GetElapsedTime(since)), over);
        }
        finally
        {
            // Each by itself: a node that hangs does not keep the others' consumers waiting.
            var pauses = await Task.WhenAll(stopping.Select(item => StartAfterAsync(item.Item2, item.consumer, since)));
            await NoteStartedAsync([.. pauses.Zip(job.Consumers).Where(item => item.First is null).Select(item => item.Second)], CancellationToken.None);
            listener.Paused(pauses.Max() ?? TimeSpan.Zero);
        }

        return await acting;
    }

    /// <summary>Starts consumers that a runner stopped, this one or a former one that did not start them again.</summary>
    /// <returns>False when some node did not answer.</returns>
    public async Task<bool> StartAsync(CancellationToken cancel)
    {
        var started = await Task.WhenAll(job.Consumers.Select(consumer => TryStartAsync(consumer, cancel)));
        return await NoteStartedAsync([.. job.Consumers.Where((_, i) => !started[i])], cancel);
    }

    private async Task<TimeSpan?> StartAfterAsync(Task stopping, BackfillConsumer consumer, long since)
    {
        await stopping.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return await TryStartAsync(consumer, CancellationToken.None) ? Stopwatch.GetElapsedTime(since) : null;
    }

    private async Task<bool> NoteStartedAsync(IReadOnlyList<BackfillConsumer> stopped, CancellationToken cancel)
    {
        foreach (var consumer in stopped)
            listener.Note(consumer.Node, $"does not answer, so its consumers may still be stopped. They start when the node does; else with `millrace backfill resume {job.Id}`, or ATTACH TABLE {Quote.Name(consumer.Table)} there");
        if (stopped.Count == 0)
            await NoteAsync("started", cancel);
        return stopped.Count == 0;
    }

    private Task NoteAsync(string state, CancellationToken cancel) =>
        Task.WhenAll(stores.Select(store => store.WriteAsync(BackfillKind.Pause, "consumers", state, "", cancel)));

    private async Task DetachAsync(BackfillConsumer consumer, CancellationToken cancel)
    {
        try
        {
            await nodes[consumer.Node].Connection.ExecuteAsync($"DETACH TABLE {Quote.Name(consumer.Table)} SYNC", Once, cancel);
        }
        catch (ServerErrorException error) when (error.Code == UnknownTable)
        {
            // It consumes nothing: the node is being filled, or a former pause was broken off.
        }
        catch (NodeUnreachableException gone)
        {
            listener.Note(consumer.Node, $"does not answer, so its consumers are not stopped: {gone.Message}");
        }
    }

    private async Task<bool> TryStartAsync(BackfillConsumer consumer, CancellationToken cancel)
    {
        for (var tries = 0; tries < MostTries; tries++)
        {
            try
            {
                await nodes[consumer.Node].Connection.ExecuteAsync($"ATTACH TABLE {Quote.Name(consumer.Table)}", Once, cancel);
                return true;
            }
            catch (ServerErrorException error) when (error.Code == TableExists)
            {
                return true; // It was never detached, or the node started anew, which attaches it.
            }
            catch (NodeUnreachableException)
            {
                await Task.Delay(AskEvery, cancel);
            }
        }

        return false;
    }
}
