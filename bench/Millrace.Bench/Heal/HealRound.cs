using System.Collections.Immutable;
using System.Diagnostics;
using Millrace.Core.Compile;
using Millrace.Core.Sql;
using Millrace.DevCluster;

namespace Millrace.Bench.Heal;

/// <summary>One node killed, wiped and started again; times count from its first answer to <c>/ping</c>.</summary>
/// <param name="ObjectsAfter">Until it had every declared object.</param>
/// <param name="SubscribedAfter">Until every consumer had polled its broker too.</param>
public sealed record HealRound(TimeSpan ObjectsAfter, TimeSpan SubscribedAfter)
{
    private static readonly TimeSpan AskEvery = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task<HealRound> RunAsync(
        EmbeddedCluster cluster, string node, ImmutableArray<CanonicalObject> objects, CancellationToken cancel)
    {
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = cluster.Http(node) };
        var declared = objects.Where(item => item.Declared.Placement.Includes(cluster.Fleet.Nodes.Single(n => n.Name == node)))
            .Select(item => $"({Quote.Text(item.Name.Database)}, {Quote.Text(item.Name.Name)})").ToList();
        var all = $"SELECT count() = {declared.Count} FROM system.tables WHERE (database, name) IN ({string.Join(", ", declared)})";
        var consumers = "SELECT countIf(last_poll_time > toDateTime(1)) = 1 FROM system.kafka_consumers";

        await cluster.KillAsync(node);
        cluster.Wipe(node);
        var starting = cluster.StartAsync(node, cancel);
        await UntilAsync(() => AnswersAsync(http, "/ping", "Ok.", cancel), cancel);
        var since = Stopwatch.GetTimestamp();
        await UntilAsync(() => AnswersAsync(http, Query(all), "1", cancel), cancel);
        var objectsAfter = Stopwatch.GetElapsedTime(since);
        await UntilAsync(() => AnswersAsync(http, Query(consumers), "1", cancel), cancel);
        var round = new HealRound(objectsAfter, Stopwatch.GetElapsedTime(since));
        await starting;
        return round;
    }

    private static string Query(string sql) => $"/?query={Uri.EscapeDataString(sql)}";

    private static async Task<bool> AnswersAsync(HttpClient http, string path, string expected, CancellationToken cancel)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(path, UriKind.Relative), cancel);
            return (await answer.Content.ReadAsStringAsync(cancel)).Trim() == expected;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task UntilAsync(Func<Task<bool>> holds, CancellationToken cancel)
    {
        var since = Stopwatch.GetTimestamp();
        while (!await holds())
        {
            if (Stopwatch.GetElapsedTime(since) > Patience)
                throw new TimeoutException($"the node was not whole again after {Patience.TotalSeconds} s");
            await Task.Delay(AskEvery, cancel);
        }
    }
}
