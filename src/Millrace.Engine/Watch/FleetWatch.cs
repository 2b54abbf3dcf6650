using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Engine.Discover;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;
using Millrace.Engine.Specs;

namespace Millrace.Engine.Watch;

/// <summary>
/// Keeps a fleet at its declaration. Every node is watched by itself; what is missing, or safe to change, is brought
/// back; what could pause, rewrite or destroy is told and left to people. One watch runs once.
/// </summary>
public sealed class FleetWatch : IWatchListener
{
    private readonly WatchTools tools;
    private readonly WatchOptions options;
    private readonly IWatchListener listener;
    private readonly FleetPicture picture;
    private readonly Repairer repairer;
    private volatile Declaration? declaration;
    private long discoveredAt;

    public FleetWatch(WatchTools tools, WatchOptions options, IWatchListener listener)
    {
        this.tools = tools;
        this.options = options;
        this.listener = listener;
        picture = new FleetPicture(tools.Time);
        repairer = new Repairer(() => declaration!, picture, tools, options, this);
    }

    /// <summary>Watches until it is cancelled.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; no statement is in flight any more.</exception>
    /// <exception cref="UserErrorException">The declaration cannot be used at all.</exception>
    public async Task RunAsync(IDeclarationSource source, CancellationToken cancel)
    {
        await StartAsync(source, cancel);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        await using var loops = new NodeLoops(
            node => new NodeLoop(node, () => declaration!, picture, tools, options, this), stop.Token);
        await loops.WatchAsync(declaration!.Project.Fleet.Nodes);
        Task[] works = [repairer.RunAsync(stop.Token), KeepDeclarationAsync(source, loops, stop.Token)];
        var first = await Task.WhenAny([.. works, loops.Failure]);
        await stop.CancelAsync();
        await Task.WhenAll(works).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        await first;
    }

    /// <summary>Looks at the whole fleet once and repairs what it may.</summary>
    /// <returns>The plan of afterwards: what is left to people.</returns>
    public async Task<Plan> RunOnceAsync(IDeclarationSource source, CancellationToken cancel)
    {
        await StartAsync(source, cancel);
        var fleet = declaration!.Project.Fleet;
        var look = new ObserveOptions { WithFacts = true };
        foreach (var node in (await tools.Observer.ObserveAsync(fleet, look, cancel)).Nodes)
            picture.Set(node);
        await repairer.RoundAsync(cancel);
        return Planner.Plan(declaration.Request(picture.Of(fleet)));
    }

    /// <summary>Passes on what the parts say, and notes when a node's repair became due.</summary>
    void IWatchListener.On(WatchEvent happened)
    {
        if (happened is WatchEvent.NodeUp up)
            repairer.NoteUp(up.Node);
        listener.On(happened);
    }

    private async Task StartAsync(IDeclarationSource source, CancellationToken cancel)
    {
        var loaded = source.ReadIfChanged() ?? throw new InvalidOperationException("a source must be read for the first time here");
        if (await UseAsync(loaded, cancel) is { IsEmpty: false } findings)
            throw new UserErrorException(
                $"the project cannot be used: {findings[0].Message} ({findings[0].Code}). `millrace check` tells all that is wrong");
    }

    private async Task KeepDeclarationAsync(IDeclarationSource source, NodeLoops loops, CancellationToken cancel)
    {
        while (true)
        {
            await Task.Delay(options.Interval, tools.Time, cancel);
            if (source.ReadIfChanged() is { } changed && await UseAsync(changed, cancel) is { IsEmpty: false } findings)
                listener.On(new WatchEvent.DeclarationRefused(findings));
            else if (tools.Time.GetElapsedTime(discoveredAt) > options.Discovery)
                await RediscoverAsync(cancel);
            var (joined, left) = await loops.WatchAsync(declaration!.Project.Fleet.Nodes);
            foreach (var node in left)
            {
                picture.Forget(node.Name);
                listener.On(new WatchEvent.NodeLeft(node.Name, node.Role));
            }

            foreach (var node in joined)
                listener.On(new WatchEvent.NodeJoined(node.Name, node.Role));
        }
    }

    /// <returns>Why it cannot be used; empty when it is in force now.</returns>
    private async Task<ImmutableArray<Finding>> UseAsync(LoadResult loaded, CancellationToken cancel)
    {
        if (loaded.Project is not { } project)
            return [.. loaded.Findings.Where(finding => finding.Severity == Severity.Error)];
        var found = await DiscoverAsync(project.Fleet, cancel);
        var objects = await tools.Lab.LoadAsync(project, cancel);
        var errors = found.Findings.Concat(objects.Findings).Where(finding => finding.Severity == Severity.Error).ToImmutableArray();
        if (!errors.IsEmpty)
            return errors;
        declaration = new Declaration(project with { Fleet = found.Fleet }, objects.Objects, loaded.Redaction);
        listener.On(new WatchEvent.Declared(project.Name, objects.Objects.Length, found.Fleet.Nodes.Length));
        picture.Signal();
        return [];
    }

    private async Task RediscoverAsync(CancellationToken cancel)
    {
        if (declaration!.Project.Fleet is { Discovery: not null } fleet)
            declaration = declaration.WithNodes((await DiscoverAsync(fleet, cancel)).Fleet.Nodes);
    }

    /// <summary>The nodes that are there now; those known so far when no entry host answers.</summary>
    private async Task<DiscoveryResult> DiscoverAsync(Fleet fleet, CancellationToken cancel)
    {
        discoveredAt = tools.Time.GetTimestamp();
        var known = declaration?.Project.Fleet.Nodes ?? [];
        try
        {
            var found = await new FleetDiscovery(tools.Connector).DiscoverAsync(fleet, cancel);
            return found with { Fleet = found.Fleet with { Nodes = [.. found.Fleet.Nodes.Select(node => WithKnownRole(node, known))] } };
        }
        catch (NodeUnreachableException gone) when (!known.IsEmpty)
        {
            listener.On(new WatchEvent.DiscoveryFailed(gone.Message));
            return new DiscoveryResult(fleet with { Nodes = known }, []);
        }
    }

    /// <summary>A node that is silent right now cannot tell its role; it keeps the one it had.</summary>
    private static Node WithKnownRole(Node found, ImmutableArray<Node> known) =>
        found.Role.Length > 0 ? found : known.FirstOrDefault(node => node.Name == found.Name) ?? found;
}
