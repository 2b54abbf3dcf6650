using System.Collections.Immutable;
using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Rings;
using Millrace.Core.Sql;
using Millrace.Engine;
using Millrace.Engine.Lab;
using Millrace.Engine.Rings;
using Millrace.HashRing;
using Millrace.Kafka;

namespace Millrace.Cli.Commands.Rings;

/// <summary><c>millrace ring simulate</c>: how rows would spread over the shards by one key or another.</summary>
internal sealed class RingSimulateCommand
{
    private readonly RingArguments ring = new();
    private readonly Option<string?> file = new("--file") { Description = "A sample of rows: JSONEachRow, CSV with names, Parquet or what else ClickHouse reads", HelpName = "FILE" };
    private readonly Option<string?> table = new("--table") { Description = "A table on the ring, as it is now", HelpName = "NAME" };
    private readonly Option<string?> topic = new("--topic") { Description = "A topic of a stream on the ring: the messages that it still has, from the first on", HelpName = "TOPIC" };
    private readonly Option<int> messages = new("--messages") { Description = "The most messages to take from a topic", DefaultValueFactory = _ => 100_000, HelpName = "N" };
    private readonly Option<string[]> keys = new("--key") { Description = "A key to compare, columns separated by commas; repeatable", HelpName = "COLUMN,..." };
    private readonly Option<int> flush = new("--flush-rows") { Description = "Rows that one insert brings, for the number of parts it makes", DefaultValueFactory = _ => 100_000, HelpName = "N" };
    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new RingSimulateCommand().Build();

    private Command Build()
    {
        var command = new Command("simulate", "Show how rows spread over the shards by one key or another: of a file, a topic, a table, or generated tenants")
        {
            file, table, topic, messages, keys, flush, json,
        };
        ring.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace ring simulate main", "180,000 generated tenants and one newsletter"),
            ("millrace ring simulate main --file sample.jsonl --key customer_id --key customer_id,event_type", "keys compared on a sample of yours"),
            ("millrace ring simulate main --topic events --key customer_id", "the messages that a topic still has"),
            ("millrace ring simulate main --table events", "the load as it is, and which layers to move"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(ring.Project.Folder(arguments));
        if (await ring.LoadAsync(arguments, services, cancel) is not { } project)
            return ExitCode.UserError;
        var known = ring.Find(arguments, project);
        var held = RingArguments.LockOf(known);
        var simulations =
            arguments.GetValue(file) is { } sample ? await OfFileAsync(arguments, services, project, known, held, Path.GetFullPath(sample), "", cancel)
            : arguments.GetValue(topic) is { } read ? await OfTopicAsync(arguments, services, project, known, held, read, cancel)
            : arguments.GetValue(table) is { } name ? await OfTableAsync(arguments, services, project, known, held, name, cancel)
            : Generated(held);
        var rows = arguments.GetValue(flush);
        if (arguments.GetValue(json))
            JsonOutput.Write(Terminal.StandardOutput(), SimulationText.Json(known, simulations, rows));
        else
            new SimulationText(Terminal.StandardOutput()).Write(known, held, simulations, rows);
        return ExitCode.Ok;
    }

    private static ImmutableArray<RingSimulation> Generated(RingLock held)
    {
        var (shards, assignment) = (held.Current.Shards, held.Current.Assignment);
        return [.. TenantWorkload.Keys.Select(key => RingSimulation.Of(key.Name, assignment, shards, RingLoad.Of(assignment, shards, TenantWorkload.All[0].Loads(key))))];
    }

    private async Task<ImmutableArray<RingSimulation>> OfFileAsync(
        ParseResult arguments, Services services, Project project, Ring known, RingLock held, string path, string format, CancellationToken cancel)
    {
        if (!File.Exists(path))
            throw new UserErrorException($"there is no file {path}");
        await using var lab = await services.LabHost.StartAsync(new LabConfig([], []), cancel);
        var pipelines = RingArguments.TablesOf(project, known).ToArray();
        return await CompareAsync(arguments, new SampleReader(lab.Connection, $"file({Quote.Text(path)}{(format.Length == 0 ? "" : $", {Quote.Text(format)}")})"), project, pipelines, held, cancel);
    }

    private async Task<ImmutableArray<RingSimulation>> OfTopicAsync(
        ParseResult arguments, Services services, Project project, Ring known, RingLock held, string name, CancellationToken cancel)
    {
        var leg = RingArguments.TablesOf(project, known).SelectMany(pipeline => pipeline.Legs).FirstOrDefault(candidate => candidate.Topic == name)
            ?? throw new UserErrorException($"no stream on the ring `{known.Name}` reads a topic `{name}`");
        if (project.Fleet.FindBroker(leg.Broker) is not { Bootstrap: not null } broker)
            throw new UserErrorException($"fleet.yaml does not say the `bootstrap` of the broker `{leg.Broker}`, through which the topic could be read from here");
        var path = Path.GetTempFileName();
        try
        {
            await using (var lines = File.Create(path))
                if (TopicSample.Copy(BrokerEndpoint.Of(broker), name, arguments.GetValue(messages), lines, cancel) == 0)
                    throw new UserErrorException($"the topic `{name}` has no messages");
            return await OfFileAsync(arguments, services, project, known, held, path, leg.Format, cancel);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private async Task<ImmutableArray<RingSimulation>> OfTableAsync(
        ParseResult arguments, Services services, Project project, Ring known, RingLock held, string name, CancellationToken cancel)
    {
        var pipeline = RingArguments.TablesOf(project, known).FirstOrDefault(candidate => candidate.Table!.Table == name)
            ?? throw new UserErrorException($"the ring `{known.Name}` places no table `{name}`");
        // Storage nodes have the table to read too, and there always are some.
        var node = project.Fleet.Nodes.First(candidate => project.Fleet.FindCluster(known.Cluster)!.Contains(candidate));
        var server = services.Connector.Connect(node.Http, project.Fleet.Connect);
        return await CompareAsync(arguments, new SampleReader(server, Quote.Name(new Naming(project).Read(pipeline.Table!))), project, [pipeline], held, cancel);
    }

    private async Task<ImmutableArray<RingSimulation>> CompareAsync(
        ParseResult arguments, SampleReader sample, Project project, Pipeline[] pipelines, RingLock held, CancellationToken cancel)
    {
        var (shards, assignment) = (held.Current.Shards, held.Current.Assignment);
        var simulations = ImmutableArray.CreateBuilder<RingSimulation>();
        foreach (var key in Compared(arguments, pipelines))
        {
            var columns = Columns(project, pipelines, key);
            simulations.Add(RingSimulation.Of(string.Join('+', key), assignment, shards, await sample.ReadAsync(columns, assignment, shards, cancel)));
        }

        return simulations.ToImmutable();
    }

    /// <summary>The keys that were asked for, else those that are declared.</summary>
    private IEnumerable<string[]> Compared(ParseResult arguments, Pipeline[] pipelines)
    {
        var asked = (arguments.GetValue(keys) ?? []).Select(text => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)).ToArray();
        string[][] compared = asked.Length > 0 ? asked : [.. pipelines.Select(pipeline => pipeline.Table!.Ring!.Key.ToArray()).DistinctBy(key => string.Join('\n', key))];
        return compared.Length > 0 && compared.All(key => key.Length > 0)
            ? compared
            : throw new UserErrorException("say which keys to compare: --key customer_id --key customer_id,event_type");
    }

    private static ImmutableArray<ColumnDefinition> Columns(Project project, Pipeline[] pipelines, string[] key)
    {
        foreach (var pipeline in pipelines)
            if (new ShardingKey(project.Fleet, pipeline).FindColumns(key) is { } columns)
                return columns;
        throw new UserErrorException(
            $"no table on the ring has the columns {string.Join(", ", key)}, so their types are not known: declare a pipeline with them, with  shard_by: {{ ring: ..., key: [...] }}");
    }
}
