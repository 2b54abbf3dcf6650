using System.CommandLine;
using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Backfill;
using Millrace.Engine.Backfill;

namespace Millrace.Cli.Commands.Backfill;

/// <summary><c>millrace backfill plan</c>.</summary>
internal sealed class BackfillPlanCommand
{
    private readonly RollupArguments rollup = new();
    private readonly LimitOptions limits = new();
    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new BackfillPlanCommand().Build();

    private Command Build()
    {
        var command = new Command("plan", "Show what a backfill would read, rebuild and need, and change nothing") { json };
        rollup.AddTo(command);
        limits.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(("millrace backfill plan hourly", "rows, units and room on each shard"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(rollup.Project.Folder(arguments));
        if (await rollup.PlanAsync(arguments, services, limits.Read(arguments), cancel) is not var (declared, job))
            return ExitCode.UserError;
        var room = await BackfillEstimate.ReadAsync(job, declared.Fleet, services.Connector, cancel);
        if (arguments.GetValue(json))
            JsonOutput.Write(Terminal.StandardOutput(), Document(job, room));
        else
            BackfillText.WritePlan(Console.Out, job, room);
        room.ThrowIfTooSmall();
        if (await BackfillLosses.FindAsync(job, declared.Fleet, services.Connector, cancel) is { IsEmpty: false } losses)
            BackfillText.WriteLosses(Console.Error, job, losses);
        return ExitCode.Ok;
    }

    private static JsonObject Document(BackfillJob job, BackfillEstimate room) => new()
    {
        ["rollup"] = job.Rollup,
        ["sources"] = new JsonArray([.. job.Sources.Select(source => (JsonNode)source.ToString())]),
        ["targets"] = new JsonArray([.. job.Targets.Select(target => (JsonNode)target.Table.ToString())]),
        ["partitions"] = new JsonArray([.. job.Partitions.Select(id => (JsonNode)id)]),
        ["since"] = job.Range?.Since,
        ["until"] = job.Range?.Until,
        ["shards"] = new JsonArray([.. room.Shards.Select(shard => (JsonNode)new JsonObject
        {
            ["node"] = shard.Node, ["rows"] = shard.Rows, ["units"] = shard.Units, ["need_bytes"] = shard.NeedBytes, ["free_bytes"] = shard.FreeBytes,
        })]),
    };
}
