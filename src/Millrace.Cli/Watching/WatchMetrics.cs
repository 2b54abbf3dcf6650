using System.Globalization;
using System.Text;
using Millrace.Core.Planning;
using Millrace.Engine.Watch;

namespace Millrace.Cli.Watching;

/// <summary>What a watch saw and did, as Prometheus reads it. Safe for concurrent use.</summary>
public sealed class WatchMetrics(TimeProvider time) : IWatchListener
{
    private static readonly double[] Buckets = [0.25, 0.5, 1, 2, 5, 10, 30, 60];

    private readonly Lock gate = new();
    private readonly SortedDictionary<string, bool> up = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, (int Expected, int Present)> objects = new(StringComparer.Ordinal);
    private readonly SortedDictionary<(string Node, string Outcome), long> repairs = [];
    private readonly long[] within = new long[Buckets.Length];
    private double secondsSum;
    private long secondsCount;
    private readonly Dictionary<Risk, int> drift = [];
    private int refusals;
    private long plannedAt;

    /// <summary>How long ago the fleet was last compared with its declaration; null before the first time.</summary>
    public TimeSpan? SincePlanned
    {
        get
        {
            lock (gate)
                return plannedAt == 0 ? null : time.GetElapsedTime(plannedAt);
        }
    }

    public void On(WatchEvent happened)
    {
        lock (gate)
            Note(happened);
    }

    public string Render()
    {
        var text = new StringBuilder();
        lock (gate)
        {
            Write(text, "millrace_node_up", "gauge", "1 when the node answers", up.Select(n => (Label("node", n.Key), n.Value ? 1.0 : 0)));
            Write(text, "millrace_node_objects_declared", "gauge", "Objects that belong on the node", objects.Select(n => (Label("node", n.Key), (double)n.Value.Expected)));
            Write(text, "millrace_node_objects_present", "gauge", "Objects of these that the node had when it was last seen", objects.Select(n => (Label("node", n.Key), (double)n.Value.Present)));
            Write(text, "millrace_drift_steps", "gauge", "Steps from the fleet to its declaration", Enum.GetValues<Risk>().Select(risk => (Label("risk", Word(risk)), (double)drift.GetValueOrDefault(risk))));
            Write(text, "millrace_drift_refusals", "gauge", "Differences that no plan removes", [("", refusals)]);
            Write(text, "millrace_repairs_total", "counter", "Repairs of a node by outcome", repairs.Select(r => ($"{{node=\"{Escape(r.Key.Node)}\",outcome=\"{r.Key.Outcome}\"}}", (double)r.Value)));
            WriteHistogram(text);
        }

        return text.ToString();
    }

    private void Note(WatchEvent happened)
    {
        switch (happened)
        {
            case WatchEvent.NodeUp node: up[node.Node] = true; break;
            case WatchEvent.NodeDown node: up[node.Node] = false; break;
            case WatchEvent.NodeSeen node: objects[node.Node] = (node.Expected, node.Present); break;
            case WatchEvent.NodeLeft node: Forget(node.Node); break;
            case WatchEvent.Planned planned: Note(planned.Plan); break;
            case WatchEvent.RepairFailed failed: Count(failed.Node, "failed"); break;
            case WatchEvent.Repaired done:
                Count(done.Node, "done");
                Note(done.Took.TotalSeconds);
                break;
        }
    }

    private void Note(Plan plan)
    {
        plannedAt = time.GetTimestamp();
        refusals = plan.Refusals.Length;
        drift.Clear();
        foreach (var (risk, count) in plan.Steps.CountBy(step => step.Risk))
            drift[risk] = count;
    }

    private void Note(double seconds)
    {
        secondsSum += seconds;
        secondsCount++;
        for (var i = 0; i < Buckets.Length; i++)
            if (seconds <= Buckets[i])
                within[i]++;
    }

    private void Forget(string node)
    {
        up.Remove(node);
        objects.Remove(node);
    }

    private void Count(string node, string outcome) => repairs[(node, outcome)] = repairs.GetValueOrDefault((node, outcome)) + 1;

    private void WriteHistogram(StringBuilder text)
    {
        const string name = "millrace_repair_seconds";
        var counts = Buckets.Zip(within, (limit, count) => ($"_bucket{{le=\"{Number(limit)}\"}}", (double)count))
            .Append(("_bucket{le=\"+Inf\"}", secondsCount)).Append(("_sum", secondsSum)).Append(("_count", secondsCount));
        Write(text, name, "histogram", "From a node's first answer, or from seeing the drift, to its repair", counts);
    }

    private static void Write(StringBuilder text, string name, string type, string help, IEnumerable<(string Suffix, double Value)> values)
    {
        text.Append($"# HELP {name} {help}\n# TYPE {name} {type}\n");
        foreach (var (suffix, value) in values)
            text.Append($"{name}{suffix} {Number(value)}\n");
    }

    private static string Label(string name, string value) => $"{{{name}=\"{Escape(value)}\"}}";

    private static string Escape(string value) => value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");

    private static string Number(double value) => value.ToString("0.######", CultureInfo.InvariantCulture);

    private static string Word(Risk risk) => risk.ToString().ToLowerInvariant();
}
