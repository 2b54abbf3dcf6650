using System.CommandLine;
using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Backfill;
using Millrace.Engine.Backfill;

namespace Millrace.Cli.Commands.Backfill;

/// <summary><c>millrace backfill verify</c>.</summary>
internal sealed class BackfillVerifyCommand
{
    private readonly RollupArguments rollup = new();
    private readonly LimitOptions limits = new();
    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new BackfillVerifyCommand().Build();

    private Command Build()
    {
        var command = new Command("verify", "Compare a rollup and the rollups of it with what they are made from, key by key, on the live fleet") { json };
        rollup.AddTo(command);
        limits.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace backfill verify hourly", "any time; exit code 1 when anything differs"),
            ("millrace backfill verify hourly --partition 202406", "one partition"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(rollup.Project.Folder(arguments));
        if (await rollup.PlanAsync(arguments, services, limits.Read(arguments), cancel) is not var (declared, job))
            return ExitCode.UserError;
        using var progress = new BackfillProgress(Console.Error, job);
        var found = await RollupArguments.Open(services, declared).VerifyAsync(job, progress, cancel);
        progress.Clear();
        if (arguments.GetValue(json))
            JsonOutput.Write(Terminal.StandardOutput(), new JsonArray([.. found.Select(item => (JsonNode)new JsonObject
            {
                ["node"] = item.Node, ["target"] = item.Target.ToString(), ["partition"] = item.Partition,
                ["keys"] = item.Keys, ["different"] = item.Different, ["example"] = item.Example.Length == 0 ? null : item.Example,
            })]));
        else
            BackfillText.WriteVerified(Console.Out, job, found);
        return found.All(item => item.Different == 0) ? ExitCode.Ok : ExitCode.UserError;
    }
}
