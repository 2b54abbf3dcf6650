using System.Diagnostics;
using System.Globalization;
using System.Text;
using Millrace.Cli.Commands.Dev;
using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.DevCluster;
using Millrace.Engine;
using Millrace.Engine.Apply;
using Millrace.Kafka;

namespace Millrace.Cli.Demo;

/// <summary>
/// The main job on real data: a cluster, two declarations, flights streaming through stateless nodes to storage, a column
/// added while they flow, and the proof that nothing was lost.
/// </summary>
/// <param name="folder">Data, logs and project copies; wiped first.</param>
internal sealed class DemoRun(Terminal terminal, string folder, int rows)
{
    private const string NewColumn = "mat_distance";
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly StreamLine line = new(Terminal.StandardError());

    public async Task<DemoOutcome> RunAsync(Func<Task> keepUp, CancellationToken cancel)
    {
        var parquet = FlightSource.Locate();
        await using var cluster = await StartAsync(cancel);
        using var services = new Services(folder);
        var flights = DemoProject.Copy("flights", Path.Combine(folder, "flights"), cluster.Fleet);
        var groups = DemoProject.Copy("groups", Path.Combine(folder, "groups"), cluster.Fleet);
        await ApplyAsync(services, groups, cancel);
        await ApplyAsync(services, flights, cancel);
        var (produced, seconds) = await StreamAsync(services, cluster, flights, parquet, cancel);
        var counts = await ShowRowsAsync(services, cluster, cancel);
        var left = await ShowReplanAsync(services, [flights, groups], cancel);
        var outcome = new DemoOutcome(
            produced, counts.Distinct, produced - counts.Distinct, counts.Rows - counts.Distinct, counts.WithNewColumn, left,
            Math.Round(watch.Elapsed.TotalSeconds, 1), Math.Round(produced / seconds));
        Summarize(outcome);
        await keepUp();
        return outcome;
    }

    private async Task<EmbeddedCluster> StartAsync(CancellationToken cancel)
    {
        Heading("A cluster of real servers", "2 storage shards, 2 stateless ingestion nodes, 1 query node, a Kafka broker");
        if (Directory.Exists(folder))
            Directory.Delete(folder, recursive: true);
        var spec = DevClusterSpec.Default with { Topics = [new TopicSpec("flights", 8), new TopicSpec("groups", 2)] };
        var cluster = await EmbeddedCluster.UpAsync(spec, folder, cancel: cancel);
        terminal.Out.WriteLine(DevTables.Addresses(cluster.State()));
        return cluster;
    }

    private async Task ApplyAsync(Services services, DemoProject project, CancellationToken cancel)
    {
        var name = Path.GetFileName(project.Folder);
        Heading($"millrace apply --project examples/{name}", "the plan, then node by node, each object read back");
        var declared = project.Load();
        var planned = await services.Planner.PlanAsync(declared, new PlanOptions(), cancel);
        new PlanText(terminal, new FindingPrinter(terminal, new SourceLines(project.Folder, Redaction.None))).Write(planned, PlanDetail.Screen, next: null);
        using var progress = new ApplyProgress(Console.Error, planned.Plan);
        var (report, left) = await new FleetApply(services.Connector, services.Planner)
            .RunAsync(declared, planned, new PlanOptions(), progress, cancel);
        progress.Clear();
        ApplyReportText.Write(terminal.Out, report, left);
        terminal.Out.WriteLine();
        if (!report.Succeeded)
            throw new UserErrorException("the apply did not finish, so the demo ends here");
    }

    private async Task<(long Produced, double Seconds)> StreamAsync(
        Services services, EmbeddedCluster cluster, DemoProject flights, string parquet, CancellationToken cancel)
    {
        Heading($"Streaming {rows:N0} flights", "Kafka -> stateless node -> storage; a column is added half-way");
        await using var reader = await services.LabHost.StartAsync(new([], []), cancel);
        using var producer = new KafkaProducer(new BrokerEndpoint(cluster.Bootstrap("msk")));
        SendGroups(producer);
        var stream = new PacedStream(new FlightSource(reader, parquet), producer, "flights", stop => CountAsync(services, cluster, stop));
        var since = Stopwatch.StartNew();
        Task? change = null;
        // The last half of the messages waits for the change, so that the column is there in time on any machine.
        await stream.RunAsync(
            rows,
            from => from < rows / 2 ? Task.CompletedTask : change ??= AddColumnAsync(services, flights, cancel),
            now =>
            {
                line.Show(now.Produced, now.Landed, rows, since.Elapsed);
                if (now.Landed > rows * 0.3)
                    change ??= AddColumnAsync(services, flights, cancel);
            },
            cancel);
        line.End();
        var seconds = since.Elapsed.TotalSeconds;
        await (change ?? AddColumnAsync(services, flights, cancel));
        return (producer.Delivered - Groups, seconds);
    }

    /// <summary>What a user does to a live pipeline: one more line in YAML, then apply.</summary>
    private async Task AddColumnAsync(Services services, DemoProject flights, CancellationToken cancel)
    {
        await Task.Yield();
        line.End();
        terminal.Out.WriteLine($"\nWhile rows flow, one line goes into pipelines/flights.yaml:  {NewColumn}: {{ key: $distance, type: Int32 }}\n");
        flights.AddLine("pipelines/flights.yaml", "    mat_delay:", $"    {NewColumn}: {{ key: $distance, type: Int32 }}");
        await ApplyAsync(services, flights, cancel);
    }

    private async Task<(long Rows, long Distinct, long WithNewColumn)> ShowRowsAsync(
        Services services, EmbeddedCluster cluster, CancellationToken cancel)
    {
        Heading("On the storage nodes", "counted on each shard itself");
        const string count = $"SELECT count(), uniqExact(flight_id), countIf({NewColumn} > 0) FROM flights.sharded_flights FORMAT TSV";
        var (total, distinct, added) = (0L, 0L, 0L);
        foreach (var node in cluster.Fleet.NodesOf("data"))
        {
            var numbers = (await QueryAsync(services, node.Http, count, cancel)).Split('\t').Select(n => long.Parse(n, CultureInfo.InvariantCulture)).ToArray();
            (total, distinct, added) = (total + numbers[0], distinct + numbers[1], added + numbers[2]);
            terminal.Out.WriteLine($"{node.Name}   {numbers[0],9:N0} rows   {numbers[2],9:N0} of them with {NewColumn}");
        }

        Heading("Through the query node", "it stores nothing; the shards answer");
        const string worst = "SELECT origin, count() AS flights, round(avg(mat_delay), 1) AS avg_delay_min FROM flights.flights GROUP BY origin ORDER BY flights DESC LIMIT 5 FORMAT PrettySpaceNoEscapes";
        terminal.Out.WriteLine(await QueryAsync(services, cluster.Http("query-1"), worst, cancel));
        return (total, distinct, added);
    }

    private async Task<int> ShowReplanAsync(Services services, IEnumerable<DemoProject> projects, CancellationToken cancel)
    {
        Heading("millrace plan, once more", "what was applied equals what is declared");
        var steps = 0;
        foreach (var project in projects)
        {
            var planned = await services.Planner.PlanAsync(project.Load(), new PlanOptions(), cancel);
            terminal.Out.WriteLine($"{Path.GetFileName(project.Folder)}: {(planned.Plan.IsEmpty ? "nothing to do" : $"{planned.Plan.Steps.Length} steps left")}");
            steps += planned.Plan.Steps.Length;
        }

        return steps;
    }

    private void Summarize(DemoOutcome outcome) => terminal.Out.WriteLine(
        $"""

        {outcome.Produced:N0} flights produced, {outcome.Landed:N0} on storage: {outcome.Lost} lost, {outcome.Duplicated} duplicated.
        {outcome.RowsPerSecond:N0} rows/s with a live change in between; {outcome.Seconds} s in all. No row passed through Millrace.
        Next:  millrace dev up --topic events:8   then   millrace init my-project
        """);

    private const int Groups = 1000;

    private static void SendGroups(KafkaProducer producer)
    {
        for (var i = 0; i < Groups; i++)
            producer.Produce("groups", Encoding.UTF8.GetBytes(
                $$"""{"group_type_index":{{i % 5}},"group_key":"org:{{i}}","created_at":"2026-01-01 00:00:00.000000","team_id":{{i % 10}},"group_properties":"{}"}"""));
    }

    private static async Task<long> CountAsync(Services services, EmbeddedCluster cluster, CancellationToken cancel) => long.Parse(
        await QueryAsync(services, cluster.Http("query-1"), "SELECT count() FROM flights.flights FORMAT TSV", cancel), CultureInfo.InvariantCulture);

    private static async Task<string> QueryAsync(Services services, Uri node, string sql, CancellationToken cancel) =>
        Encoding.UTF8.GetString(await services.Connector.Connect(node, new()).QueryAsync(sql, cancel: cancel)).TrimEnd('\n');

    private void Heading(string text, string note)
    {
        terminal.Out.WriteLine();
        terminal.Out.WriteLine($"{terminal.Paint("==", Ink.Cyan)} {terminal.Paint(text, Ink.Bold)}  {terminal.Paint(note, Ink.Dim)}");
        terminal.Out.WriteLine();
    }
}
