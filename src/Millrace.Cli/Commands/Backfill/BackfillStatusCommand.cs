using System.CommandLine;
using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Backfill;
using Millrace.Core.Locking;
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
        {
            var shards = (await backfills.ReadAsync(job, cancel)).Select(node => (job, node.Node, node.Record)).ToList();
            if (!job.IsCheck || shards.Any(shard => shard.Record is { Phase: < ShardPhase.Cleaned }))
                found.AddRange(shards);
        }

        var runner = await backfills.FindRunnerAsync(cancel);
        if (arguments.GetValue(json))
            JsonOutput.Write(Terminal.StandardOutput(), new JsonArray([.. found.Select(item => (JsonNode)Shard(item.Job, item.Node, item.Record, runner))]));
        else
            BackfillText.WriteStatus(Console.Out, found, runner);
        return found.Any(item => item.Record is null) ? ExitCode.NodesFailed : ExitCode.Ok;
    }

    private static JsonObject Shard(BackfillJob job, string node, BackfillRecord? record, LeaseState? runner) => new()
    {
        ["job"] = job.Id,
        ["rollup"] = job.Rollup,
        ["node"] = node,
        ["phase"] = record?.Phase.ToString().ToLowerInvariant(),
        ["runner"] = runner?.Apply == job.Id ? runner.Holder.ToString() : null,
        ["consumers_stopped_since"] = record?.ConsumersStopped?.ToString("O"),
        ["control"] = record?.Control.ToString().ToLowerInvariant(),
        ["units_done"] = record?.Of(BackfillKind.Unit).Count(unit => Enum.Parse<UnitPhase>(unit.State) >= UnitPhase.Verified),
    };
}
