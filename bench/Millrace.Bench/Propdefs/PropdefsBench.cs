using System.Text.Json.Nodes;
using Millrace.Bench.Measuring;

namespace Millrace.Bench.Propdefs;

/// <summary>What re-keying and squashing are for: the same events become the same rows of a Postgres table, in four ways.</summary>
public sealed class PropdefsBench : IBench
{
    private const int Events = 20_000;

    public string Name => "propdefs";

    public string Summary => "property definitions into Postgres: upserts, lock waits and seconds, in four ways, one of them written by hand";

    /// <summary>The last way is no part of the comparison: it shows why the first sorts.</summary>
    private const string AsItComes = "as_it_comes";

    public bool Holds(JsonObject figures) => figures["equal"]!.GetValue<bool>() && figures["drained"]!.GetValue<int>() == 4;

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        using var scratch = new ScratchFolder();
        await using var cluster = await PropdefsCluster.StartAsync(scratch.Path, cancel);
        cluster.Produce(Events);
        report.WriteLine(
            $"{Events:N0} events with {PropertyEvents.PropertiesEach} properties each wait on {PropdefsCluster.Partitions} partitions; "
            + $"2 nodes with {StreamWay.Consumers} consumers each, flushed every {StreamWay.Flush.TotalSeconds:0} s");
        IWay[] ways =
        [
            new UnsquashedWay(cluster, "unsquashed", "each property of each event an upsert in order of keys, many consumers", inOrder: true),
            new StreamWay(cluster, "squashed", "one row for each key of a block, many consumers", rekeyed: false),
            new StreamWay(cluster, "repartitioned", "the same, from a topic re-keyed on the way", rekeyed: true),
            new WorkerWay(cluster, "worker", "written by hand: one process, squashed in memory"),
            new UnsquashedWay(cluster, AsItComes, "as unsquashed, in the order in which properties come: deadlocks", inOrder: false),
        ];
        var measured = new List<WayFigures>();
        var figures = new JsonObject
        {
            ["events"] = Events, ["properties_each"] = PropertyEvents.PropertiesEach, ["partitions"] = PropdefsCluster.Partitions, ["consumers"] = 2 * StreamWay.Consumers,
        };
        foreach (var way in ways)
        {
            var one = await new WayRun(cluster, way, Events).MeasureAsync(cancel);
            report.WriteLine(
                $"{way.Name,-14} {one.Upserts,9:N0} upserts   lock waits {one.LockSeconds,7:0.00} s   {one.Deadlocks,3} deadlocks   {(one.Seconds is { } seconds ? $"drained in {seconds,5:0.0} s" : "not drained in 60 s")}   {one.Rows:N0} rows   {way.Summary}");
            if (way.Name != AsItComes)
                measured.Add(one);
            figures[way.Name] = one.ToJson();
        }

        // The rows of a way that was not waited for say nothing.
        var drained = measured.Where(one => one.Seconds is not null).ToList();
        figures["drained"] = drained.Count;
        figures["equal"] = drained.Select(one => one.Content).Distinct(StringComparer.Ordinal).Count() == 1;
        return figures;
    }
}
