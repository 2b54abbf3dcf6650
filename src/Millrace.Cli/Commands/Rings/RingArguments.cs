using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Checks;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine;
using Millrace.HashRing;

namespace Millrace.Cli.Commands.Rings;

/// <summary>Which ring of which project a command is about.</summary>
internal sealed class RingArguments
{
    private readonly Argument<string> name = new("RING") { Description = "The ring, as fleet.yaml names it" };

    public ProjectArguments Project { get; } = new();

    public void AddTo(Command command)
    {
        command.Arguments.Add(name);
        Project.AddTo(command);
    }

    /// <summary>The project with its nodes, although a lock file may be missing or behind the fleet; null when it cannot be used.</summary>
    public Task<Project?> LoadAsync(ParseResult arguments, Services services, CancellationToken cancel) =>
        Project.LoadWithNodesAsync(arguments, services.Connector, cancel, RingWithoutLock.Code, RingLockDiffers.Code, RingLockDiffers.Idle);

    /// <exception cref="UserErrorException">The fleet has no such ring.</exception>
    public Ring Find(ParseResult arguments, Project project)
    {
        var wanted = arguments.GetRequiredValue(name);
        var known = project.Fleet.Rings.Select(ring => ring.Name).ToArray();
        return project.Fleet.FindRing(wanted) ?? throw new UserErrorException(
            known.Length == 0
                ? $"the fleet declares no rings; add to fleet.yaml:  rings: {{ {wanted}: {{ cluster: CLUSTER }} }}"
                : $"there is no ring `{wanted}`{(DidYouMean.Suggest(wanted, known) is { } meant ? $": did you mean `{meant}`?" : $"; there are {string.Join(", ", known)}")}");
    }

    /// <exception cref="UserErrorException">The ring has not begun.</exception>
    public static RingLock LockOf(Ring ring) => ring.Lock ?? throw new UserErrorException(
        $"the ring `{ring.Name}` has no lock file {ring.LockFile} yet: millrace ring apply {CommandWord.Of(ring.Name)} begins it");

    /// <summary>The pipelines whose rows the ring places.</summary>
    public static IEnumerable<Pipeline> TablesOf(Project project, Ring ring) =>
        project.Pipelines.Where(pipeline => pipeline.Table?.Ring?.Ring == ring.Name);
}
