using System.CommandLine;
using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Backfill;
using Millrace.Engine.Backfill;

namespace Millrace.Cli.Commands.Backfill;

/// <summary><c>millrace backfill status</c>.</summary>
internal sealed class BackfillStatusCommand
{
    private readonly ProjectArguments project = new();
    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new BackfillStatusCommand().Build();

    private Command Build()
    {
        var command = new Command("status", "Show every backfill of the fleet and how far each shard is") { json };
        project.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(("millrace backfill status", "as the nodes know it, whoever runs it"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(project.Folder(arguments));
        if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
            return ExitCode.UserError;
        var backfills = RollupArguments.Open(services, declared);
        var found = new List<(BackfillJob Job, string Node, BackfillRecord? Record)>();
        foreach (var job in await backfills.ListAsync(cancel))
            found.AddRange((await backfills.ReadAsync(job, cancel)).Select(node => (job, node.Node, node.Record)));
        if (arguments.GetValue(json))
            JsonOutput.Write(Terminal.StandardOutput(), new JsonArray([.. found.Select(item => (JsonNode)Shard(item.Job, item.Node, item.Record))]));
        else
            BackfillText.WriteStatus(Console.Out, found);
        return found.Any(item => item.Record is null) ? ExitCode.NodesFailed : ExitCode.Ok;
    }

    private static JsonObject Shard(BackfillJob job, string node, BackfillRecord? record) => new()
    {
        ["job"] = job.Id,
        ["rollup"] = job.Rollup,
        ["node"] = node,
        ["phase"] = record?.Phase.ToString().ToLowerInvariant(),
        ["control"] = record?.Control.ToString().ToLowerInvariant(),
        ["units_done"] = record?.Of(BackfillKind.Unit).Count(unit => Enum.Parse<UnitPhase>(unit.State) >= UnitPhase.Verified),
    };
}
