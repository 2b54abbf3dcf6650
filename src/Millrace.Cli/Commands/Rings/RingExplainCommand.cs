using System.Collections.Immutable;
using System.CommandLine;
using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Sql;
using Millrace.Engine;
using Millrace.Engine.Rings;
using Millrace.HashRing;

namespace Millrace.Cli.Commands.Rings;

/// <summary><c>millrace ring explain</c>: where the rows of one key go, and where they went before.</summary>
internal sealed class RingExplainCommand
{
    private readonly RingArguments ring = new();
    private readonly Argument<string[]> key = new("VALUE") { Description = "The key's values, in the order of `key`", Arity = ArgumentArity.OneOrMore };
    private readonly Option<string?> table = new("--table") { Description = "The table whose key it is, where the ring places several", HelpName = "NAME" };
    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new RingExplainCommand().Build();

    private Command Build()
    {
        var command = new Command("explain", "Show which shard the rows of one key go to, and went to before") { table, json };
        ring.AddTo(command);
        command.Arguments.Add(key);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace ring explain main 42 sent", "a key of two columns"),
            ("millrace ring explain main 42 --table orders", "where tables on the ring have different keys"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(ring.Project.Folder(arguments));
        if (await ring.LoadAsync(arguments, services, cancel) is not { } project)
            return ExitCode.UserError;
        var known = ring.Find(arguments, project);
        var held = RingArguments.LockOf(known);
        var pipeline = Choose(project, known, arguments.GetValue(table));
        var columns = new ShardingKey(project.Fleet, pipeline).Columns(pipeline.Table!.Ring!);
        var values = arguments.GetRequiredValue(key);
        if (values.Length != columns.Length)
            throw new UserErrorException($"the key of {pipeline.Table!.Table} has {columns.Length} columns: {string.Join(", ", columns.Select(c => c.Name))}");
        var place = await new KeyExplainer(services.LabHost).FindAsync(columns, values, held.Layers, cancel);
        if (arguments.GetValue(json))
            JsonOutput.Write(Terminal.StandardOutput(), Json(pipeline, columns, values, place, held));
        else
            Write(Terminal.StandardOutput(), project, known, held, pipeline, columns, values, place);
        return ExitCode.Ok;
    }

    private static Pipeline Choose(Project project, Ring ring, string? table)
    {
        var pipelines = RingArguments.TablesOf(project, ring).ToArray();
        if (pipelines.Length == 0)
            throw new UserErrorException($"no table is placed by the ring `{ring.Name}`: say  shard_by: {{ ring: {ring.Name}, key: [...] }}  in a pipeline");
        if (table is not null)
            return pipelines.FirstOrDefault(pipeline => pipeline.Table!.Table == table)
                ?? throw new UserErrorException($"the ring `{ring.Name}` places no table `{table}`; it places {string.Join(", ", pipelines.Select(p => p.Table!.Table))}");
        return pipelines.DistinctBy(pipeline => string.Join('\n', pipeline.Table!.Ring!.Key)).Count() == 1
            ? pipelines[0]
            : throw new UserErrorException($"the tables on `{ring.Name}` have different keys; choose one with --table: {string.Join(", ", pipelines.Select(p => p.Table!.Table))}");
    }

    private static void Write(
        Terminal terminal, Project project, Ring ring, RingLock held, Pipeline pipeline,
        ImmutableArray<ColumnDefinition> columns, string[] values, KeyPlace place)
    {
        var shard = held.Current.Assignment.ShardOfLayer[place.Layer];
        var nodes = project.Fleet.FindCluster(ring.Cluster) is { } cluster
            ? project.Fleet.Nodes.Where(node => cluster.Contains(node) && node.Shard == shard).Select(node => node.Name)
            : [];
        terminal.Out.WriteLine($"table  {pipeline.Table!.Table}");
        terminal.Out.WriteLine($"key    {string.Join(", ", columns.Select((column, i) => $"{column.Name} = {values[i]} ({column.Type})"))}");
        terminal.Out.WriteLine($"hash   sipHash64({string.Join(", ", columns.Select(column => column.Name))}) = {place.Hash}");
        terminal.Out.WriteLine($"layer  {place.Layer} of {held.Layers.Count}");
        terminal.Out.WriteLine(terminal.Paint($"shard  {shard}", Ink.Bold) + $"  {string.Join(", ", nodes)}");
        var before = Before(held, place, shard);
        if (!before.IsEmpty)
            terminal.Out.WriteLine($"before {string.Join("; ", before.Select(epoch => $"shard {epoch.Assignment.ShardOfLayer[place.Layer]} in epoch {epoch.Number}"))}: older rows may still be there, and are read");
    }

    /// <summary>The epochs whose rows may still be stored and lie on another shard.</summary>
    private static ImmutableArray<RingEpoch> Before(RingLock held, KeyPlace place, int shard) =>
        [.. held.Epochs.Skip(Math.Max(0, held.RowsSince - 1)).Where(epoch => epoch.Assignment.ShardOfLayer[place.Layer] != shard)];

    private static JsonObject Json(
        Pipeline pipeline, ImmutableArray<ColumnDefinition> columns, string[] values, KeyPlace place, RingLock held)
    {
        var shard = held.Current.Assignment.ShardOfLayer[place.Layer];
        return new JsonObject
        {
            ["table"] = pipeline.Table!.Table,
            ["key"] = new JsonObject([.. columns.Select((column, i) => KeyValuePair.Create(column.Name, (JsonNode?)values[i]))]),
            ["hash"] = $"{place.Hash}",
            ["layer"] = place.Layer,
            ["shard"] = shard,
            ["before"] = new JsonArray([.. Before(held, place, shard).Select(epoch => (JsonNode)new JsonObject
            {
                ["epoch"] = epoch.Number, ["shard"] = epoch.Assignment.ShardOfLayer[place.Layer],
            })]),
        };
    }
}
