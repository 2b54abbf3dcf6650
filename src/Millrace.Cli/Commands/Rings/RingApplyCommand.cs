using System.CommandLine;
using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Checks;
using Millrace.Core.Model;
using Millrace.Core.Rings;
using Millrace.Engine;
using Millrace.Engine.Specs;
using Millrace.HashRing;

namespace Millrace.Cli.Commands.Rings;

/// <summary><c>millrace ring apply</c>: begins a ring, or writes a change of it into its lock file. Touches no node.</summary>
internal sealed class RingApplyCommand
{
    private readonly RingArguments ring = new();
    private readonly RingChangeOptions change = new();
    private readonly Option<string?> why = new("--why") { Description = "Why, for those who read the lock file later", HelpName = "TEXT" };
    private readonly Option<string?> by = new("--by") { Description = "Who; your login name unless given", HelpName = "NAME" };

    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new RingApplyCommand().Build();

    private Command Build()
    {
        var command = new Command("apply", "Begin a ring, or write a change into its lock file; `millrace apply` then brings it to the nodes") { why, by, json };
        ring.AddTo(command);
        change.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace ring apply main", "begin the ring over the cluster's shards"),
            ("millrace ring apply main --add-shard 3 --why \"more room\"", "give the new shard its share of the layers"),
            ("millrace ring apply main --move 17=3 --why \"hot layer\"", "move one layer by hand"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        using var services = new Services(ring.Project.Folder(arguments));
        if (await ring.LoadAsync(arguments, services, cancel) is not { } project)
            return ExitCode.UserError;
        var changed = ring.Find(arguments, project);
        var wanted = change.Read(arguments);
        if (changed.Lock is { } held)
            Change(arguments, project, changed, held, wanted);
        else if (wanted.IsEmpty)
            Begin(arguments, project, changed);
        else
            throw new UserErrorException($"the ring `{changed.Name}` has not begun: run `millrace ring apply {CommandWord.Of(changed.Name)}` first");
        return ExitCode.Ok;
    }

    private void Begin(ParseResult arguments, Project project, Ring changed)
    {
        var shards = project.Fleet.FindCluster(changed.Cluster) is { } cluster ? Ring.ShardsOf(project.Fleet, cluster) : [];
        if (shards.IsEmpty)
            throw new UserErrorException($"the cluster `{changed.Cluster}` has no shards: declare its nodes, each with its `shard`");
        var begun = RingLock.Begin(
            changed.Name, new VirtualLayers(changed.Layers), shards, DateTimeOffset.UtcNow, By(arguments), arguments.GetValue(why) ?? "start");
        RingFile.Write(ring.Project.Folder(arguments), changed, begun);
        Report(arguments, changed, RingJson.Of(project, changed, begun), text => text.Show(project, changed, begun));
    }

    private void Change(ParseResult arguments, Project project, Ring changed, RingLock held, RingChange wanted)
    {
        if (wanted.IsEmpty)
            throw new UserErrorException($"the ring `{changed.Name}` has begun, in epoch {held.Current.Number}: say what shall change, such as --add-shard N");
        var (proposal, fault) = wanted.On(held);
        if (proposal is null)
            throw new UserErrorException(fault!);
        var next = proposal.Next(held, DateTimeOffset.UtcNow, By(arguments), arguments.GetValue(why) ?? change.Words(arguments).Trim());
        Require(project, changed with { Lock = next });
        RingFile.Write(ring.Project.Folder(arguments), changed, next);
        Report(arguments, changed, RingJson.Of(held, proposal), text => text.Plan(project, changed, held, proposal, next: null));
    }

    private void Report(ParseResult arguments, Ring changed, JsonObject document, Action<RingText> write)
    {
        var terminal = Terminal.StandardOutput();
        if (arguments.GetValue(json))
        {
            JsonOutput.Write(terminal, document);
            return;
        }

        var text = new RingText(terminal);
        write(text);
        text.Next(changed, ring.Project.Words(arguments));
    }

    /// <summary>A lock file that the next check would refuse is not written.</summary>
    private static void Require(Project project, Ring changed)
    {
        var fleet = project.Fleet with { Rings = [.. project.Fleet.Rings.Select(ring => ring.Name == changed.Name ? changed : ring)] };
        if (RingLockDiffers.Run(project with { Fleet = fleet }).FirstOrDefault(finding => finding.Code == RingLockDiffers.Code) is { } problem)
            throw new UserErrorException($"{problem.Message}. {problem.Fix}");
    }

    private string By(ParseResult arguments) => arguments.GetValue(by) ?? Environment.UserName;
}
