using System.Diagnostics;
using Millrace.Core.Backfill;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Backfill;

/// <summary>
/// Stops the consumers of a stream for a moment: their Kafka tables are detached, which ends what they are inserting, and
/// attached again. Offsets stay in the consumer group. It is written down first, so that whoever resumes starts them again.
/// </summary>
/// <param name="nodes">The ingestion nodes by name.</param>
/// <param name="stores">Where it is written down.</param>
internal sealed class ConsumerPause(
    BackfillJob job, IReadOnlyDictionary<string, StorageNode> nodes, IReadOnlyCollection<BackfillStore> stores, IBackfillListener listener)
{
    private const int TableExists = 57;
    private const int UnknownTable = 60;

    private static readonly StatementOptions Once = new() { Idempotent = false };

    /// <summary>Does something while no consumer of the job runs. They run again after the deadline, whatever became of it.</summary>
    /// <param name="act">Gets the time that is left.</param>
    public async Task<bool> RunAsync(TimeSpan deadline, Func<TimeSpan, Task<bool>> act, CancellationToken cancel)
    {
        await NoteAsync("stopped", cancel);
        var since = Stopwatch.GetTimestamp();
        try
        {
            await ForEachAsync(consumer => DetachAsync(consumer, cancel));
            var left = deadline - Stopwatch.GetElapsedTime(since);
            return left > TimeSpan.Zero && await act(left);
        }
        finally
        {
            await StartAsync(CancellationToken.None);
            listener.Paused(Stopwatch.GetElapsedTime(since));
        }
    }

    /// <summary>Starts consumers that a former runner stopped and did not start again.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        await ForEachAsync(consumer => AttachAsync(consumer, cancel));
        await NoteAsync("started", cancel);
    }

    private Task NoteAsync(string state, CancellationToken cancel) =>
        Task.WhenAll(stores.Select(store => store.WriteAsync(BackfillKind.Pause, "consumers", state, "", cancel)));

    private Task ForEachAsync(Func<BackfillConsumer, Task> run) => Task.WhenAll(job.Consumers.Select(run));

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
    }

    private async Task AttachAsync(BackfillConsumer consumer, CancellationToken cancel)
    {
        try
        {
            await nodes[consumer.Node].Connection.ExecuteAsync($"ATTACH TABLE {Quote.Name(consumer.Table)}", Once, cancel);
        }
        catch (ServerErrorException error) when (error.Code == TableExists)
        {
            // It was never detached, or the node started anew, which attaches it.
        }
    }
}
