using Millrace.Core.Backfill;
using Millrace.Core.Locking;
using Millrace.Engine.Backfill;

namespace Millrace.Cli.Output;

/// <summary>Backfills as people read them.</summary>
internal static class BackfillText
{
    private const int MostShown = 8;

    public static void WritePlan(TextWriter writer, BackfillJob job, BackfillEstimate room)
    {
        writer.WriteLine($"Rebuild {string.Join(", ", job.Targets.Select(target => target.Table))} from {string.Join(", ", job.Sources)}"
            + (job.Partitions.IsEmpty ? "" : $", partitions {string.Join(", ", job.Partitions)}") + (job.Range is null ? "" : $", only {job.Range}; other rows stay as they are"));
        writer.Write(TextTable.Render(
        [
            ["NODE", "ROWS", "UNITS", "NEEDS ABOUT", "FREE"],
            .. room.Shards.Select(shard => (string[])[shard.Node, $"{shard.Rows:N0}", $"{shard.Units}", Figures.Bytes(shard.NeedBytes), Figures.Bytes(shard.FreeBytes)]),
        ]));
        writer.WriteLine();
        writer.WriteLine(job.Limits.Cut switch
        {
            CutMode.Quiet => "The cut is made in a moment in which no INSERT runs; consumers are never paused.",
            CutMode.IngestTime => $"Rows are divided by {job.Limits.IngestColumn}, at an instant {job.Limits.MarginMilliseconds / 1000.0:0.#} s ahead; nothing rests and consumers are never paused.",
            CutMode.Pause => $"Consumers pause for the cut, for at most {job.Limits.PauseMilliseconds} ms.",
            _ => $"The cut is made in a moment in which no INSERT runs; if none is found in {job.Limits.QuietMilliseconds / 1000} s, consumers pause for at most {job.Limits.PauseMilliseconds} ms.",
        });
        writer.WriteLine("Readers see the old tables until the new ones are proved equal to their source.");
        foreach (var column in job.Targets.SelectMany(target => target.Views[0].Columns.Where(column => !column.IsComparable).Select(column => $"{target.Table.Name}.{column.Name}")))
            writer.WriteLine($"not compared: {column}: its value depends on the order of rows");
        writer.WriteLine($"Run it:  millrace backfill run {job.Rollup}{Part(job)}");
    }

    /// <summary>What a rebuild would end, and what to do instead.</summary>
    public static void WriteLosses(TextWriter writer, BackfillJob job, IReadOnlyCollection<BackfillLoss> losses)
    {
        var keys = losses.Sum(loss => loss.Keys);
        writer.WriteLine($"error: {keys:N0} key{(keys == 1 ? "" : "s")} would be lost: the rollup has {(keys == 1 ? "it" : "them")}, and {string.Join(" and ", job.Sources)} has no rows for that any more (TTL, a dropped partition, a DELETE)");
        foreach (var loss in losses.Take(MostShown))
            writer.WriteLine($"  {loss.Node}: {loss.Target}, partition {loss.Partition}: {loss.Keys:N0}, for example {loss.Example}");
        if (losses.Count > MostShown)
            writer.WriteLine($"  and {losses.Count - MostShown} more partitions");
        writer.WriteLine($"Rebuild only the time that the source still has:  millrace backfill run {job.Rollup} --since TIME");
        writer.WriteLine($"Or let them go:  millrace backfill run {job.Rollup}{Part(job)} --allow-destroy {job.Rollup}");
    }

    /// <summary>The options that ask for a part of a rollup.</summary>
    private static string Part(BackfillJob job) => job.Range is { } range
        ? (range.Since is null ? "" : $" --since '{range.Since}'") + (range.Until is null ? "" : $" --until '{range.Until}'")
        : string.Concat(job.Partitions.Select(id => $" --partition {id}"));

    public static void WriteStatus(TextWriter writer, IReadOnlyCollection<(BackfillJob Job, string Node, BackfillRecord? Record)> shards, LeaseState? runner)
    {
        if (shards.Count == 0)
        {
            writer.WriteLine("No backfill has run on this fleet.");
            return;
        }

        writer.Write(TextTable.Render(
        [
            ["JOB", "ROLLUP", "STARTED (UTC)", "NODE", "PHASE", "UNITS DONE", "NOTE"],
            .. shards.Select(item => (string[])
            [
                item.Job.Id, item.Job.Rollup, $"{item.Job.Created:yyyy-MM-dd HH:mm:ss}", item.Node,
                item.Record is null ? "?" : item.Job.IsCheck ? "comparing" : item.Record.Phase.ToString().ToLowerInvariant(),
                $"{item.Record?.Of(BackfillKind.Unit).Count(unit => Enum.Parse<UnitPhase>(unit.State) >= UnitPhase.Verified)}",
                Note(item.Record),
            ]),
        ]));
        foreach (var job in shards.GroupBy(item => item.Job.Id).Where(job => BackfillJob.IsOpen([.. job.Select(item => item.Record?.Phase)])))
            writer.WriteLine(Next(job.First().Job, runner));
    }

    private static string Note(BackfillRecord? record) => record switch
    {
        null => "does not answer",
        { ConsumersStopped: { } since } => $"CONSUMERS STOPPED since {since:HH:mm:ss} UTC",
        { Phase: < ShardPhase.Cleaned, Control: not BackfillControl.Run } => $"asked to {record.Control.ToString().ToLowerInvariant()}",
        _ => "",
    };

    private static string Next(BackfillJob job, LeaseState? runner) =>
        job.IsCheck ? $"{job.Id} compares tables. If nobody runs it any more:  millrace backfill cancel {job.Id}"
        : runner?.Apply == job.Id ? $"{job.Id} is run by {runner.Holder} since {runner.Since:HH:mm:ss} UTC"
        : $"{job.Id}: nobody runs it. Go on:  millrace backfill resume {job.Id}   or give it up:  millrace backfill cancel {job.Id}";

    public static void WriteVerified(TextWriter writer, BackfillJob job, IReadOnlyCollection<KeyComparison> found)
    {
        writer.Write(TextTable.Render(
        [
            ["TARGET", "PARTITION", "KEYS", "DIFFERENT", "NODES"],
            .. found.GroupBy(item => (item.Target, item.Partition)).OrderBy(group => group.Key.Target).ThenBy(group => group.Key.Partition, StringComparer.Ordinal)
                .Select(group => (string[])
                [
                    group.Key.Target.ToString(), group.Key.Partition, $"{group.Sum(item => item.Keys):N0}", $"{group.Sum(item => item.Different):N0}",
                    NodeList.Of([.. group.Select(item => item.Node)]),
                ]),
        ]));
        writer.WriteLine();
        var wrong = found.Where(item => item.Different > 0).ToList();
        if (wrong.Count == 0)
        {
            writer.WriteLine("Every key has the value that its source gives.");
            return;
        }

        foreach (var item in wrong.Take(5))
            writer.WriteLine($"{item.Node}: {item.Target}: for example {item.Example}");
        writer.WriteLine($"Rebuild:  millrace backfill run {job.Rollup}{Part(job)}");
    }
}
