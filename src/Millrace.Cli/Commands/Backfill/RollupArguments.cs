using System.Collections.Immutable;
using System.CommandLine;
using System.Security.Cryptography;
using Millrace.Cli.Output;
using Millrace.Core.Backfill;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine;
using Millrace.Engine.Backfill;
using Millrace.Kafka;

namespace Millrace.Cli.Commands.Backfill;

/// <summary>Which rollup a backfill is about, and how much of it.</summary>
internal sealed class RollupArguments
{
    private readonly ProjectArguments project = new();
    private readonly Argument<string> rollup = new("rollup") { Description = "The rollup, by its name" };

    private readonly Option<string[]> partitions = new("--partition")
    {
        Description = "Rebuild only this partition of the target, by its id; may be given several times", HelpName = "ID",
    };

    private readonly Option<string?> since = new("--since")
    {
        Description = "Rebuild only rows from this time on, of the rollup's first date or time; all others stay as they are", HelpName = "TIME",
    };

    private readonly Option<string?> until = new("--until") { Description = "Rebuild only rows before this time", HelpName = "TIME" };

    public ProjectArguments Project => project;

    public void AddTo(Command command)
    {
        command.Arguments.Add(rollup);
        command.Options.Add(partitions);
        command.Options.Add(since);
        command.Options.Add(until);
        project.AddTo(command);
    }

    /// <summary>The declaration with typed rollups, and the job; null when findings were printed instead.</summary>
    public async Task<(Core.Model.Project Declared, BackfillJob Job)?> PlanAsync(
        ParseResult arguments, Services services, BackfillLimits limits, CancellationToken cancel)
    {
        if (await project.LoadWithNodesAsync(arguments, services.Connector, cancel) is not { } declared)
            return null;
        var (typed, findings) = await services.Lab.TypeRollupsAsync(declared, cancel);
        project.Printer(arguments, Terminal.StandardError()).Print(findings);
        if (!findings.IsEmpty)
            return null;
        var name = arguments.GetRequiredValue(rollup);
        var wanted = typed.Rollups.FirstOrDefault(r => r.Name == name)
            ?? throw new UserErrorException(Unknown(name, typed));
        if (new RollupGraph(typed).Cluster(wanted) is { Replicated: true } cluster)
        {
            project.Printer(arguments, Terminal.StandardError()).Print([Finding.Error(
                "MR176", $"the rollup `{name}` is on the cluster `{cluster.Name}`, whose tables are replicated: a backfill cannot cut all replicas at one instant yet",
                typed.Sources.Find($"rollups.{name}"), "fill it by hand while the stream's consumers are stopped")]);
            return null;
        }

        var job = await PlanAsync(typed, wanted, Range(arguments, wanted), [.. arguments.GetValue(partitions) ?? []], limits, services, cancel);
        await new BackfillPreconditions(job, typed.Fleet, services.Connector, new TopicPositions(typed.Fleet, new TopicSource())).CheckAsync(cancel);
        return (typed, job);
    }

    private static async Task<BackfillJob> PlanAsync(
        Core.Model.Project typed, Rollup wanted, BackfillRange? range, ImmutableArray<string> partitions, BackfillLimits limits, Services services, CancellationToken cancel)
    {
        var (planner, now) = (new BackfillPlanner(typed), DateTimeOffset.UtcNow);
        var job = planner.Plan(wanted, NewId(), partitions, limits, now);
        return range is null ? job : planner.Plan(
            wanted, job.Id, await RangePartitions.FindAsync(job, range, typed.Fleet, services.Connector, cancel), limits, now, range);
    }

    private BackfillRange? Range(ParseResult arguments, Rollup wanted)
    {
        var (from, before) = (arguments.GetValue(since), arguments.GetValue(until));
        if (from is null && before is null)
            return null;
        if (arguments.GetValue(partitions) is { Length: > 0 })
            throw new UserErrorException("--since and --until find the partitions themselves: leave --partition out, or rebuild whole partitions without a time");
        return BackfillRange.Of(wanted, from, before)
            ?? throw new UserErrorException($"no key of the rollup `{wanted.Name}` is a date or a time, so --since and --until mean nothing; rebuild partitions of it (--partition)");
    }

    public static Backfills Open(Services services, Core.Model.Project declared) =>
        new(declared, services.Connector, services.Statements, new BrokerLag(), new TopicSource());

    private static string NewId() => $"bf{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";

    private static string Unknown(string name, Core.Model.Project typed) =>
        DidYouMean.Suggest(name, [.. typed.Rollups.Select(r => r.Name)]) is { } meant
            ? $"there is no rollup `{name}`; did you mean `{meant}`?"
            : $"there is no rollup `{name}` in rollups/";
}
