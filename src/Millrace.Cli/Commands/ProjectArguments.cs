using System.Collections.Immutable;
using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Checks;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Discover;
using Millrace.Engine.Nodes;
using Millrace.Engine.Specs;
using Millrace.Engine.Watch;

namespace Millrace.Cli.Commands;

/// <summary>Which project a command works on, for the commands that need it whole.</summary>
public sealed class ProjectArguments
{
    private readonly Option<string> folder = ProjectOptions.Folder();
    private readonly Option<string?> fleet = ProjectOptions.Fleet();

    /// <summary>Warnings about the declaration are one line: a plan and a check show them, and this command is about the nodes.</summary>
    public bool IsBrief { get; init; }

    public void AddTo(Command command)
    {
        command.Options.Add(folder);
        command.Options.Add(fleet);
    }

    /// <summary>The project's folder, absolute.</summary>
    public string Folder(ParseResult arguments) => Path.GetFullPath(arguments.GetRequiredValue(folder));

    /// <summary>Takes the secrets of the project that was read out of any text.</summary>
    public Redaction Redaction { get; private set; } = Redaction.None;

    /// <summary>The project as something that may change while it is used.</summary>
    public IDeclarationSource Source(ParseResult arguments) =>
        new ProjectFolder(Folder(arguments), new LoadOptions { FleetFile = FleetFile(arguments) });

    /// <summary>The options as they were given, each after a space, for a command that the user can paste.</summary>
    public string Words(ParseResult arguments) => string.Concat(
        from option in (Option[])[folder, fleet]
        let given = arguments.GetResult(option)
        where given is { Implicit: false }
        from value in given.Tokens
        select $" {option.Name} {CommandWord.Of(value.Value)}");

    /// <summary>Reads the project and prints to standard error what is wrong with it; null when it cannot be used.</summary>
    /// <param name="overlook">Codes of checks that the command at hand mends.</param>
    public Project? Load(ParseResult arguments, params ReadOnlySpan<string> overlook)
    {
        var result = ProjectLoader.Load(Folder(arguments), new LoadOptions { FleetFile = FleetFile(arguments), Overlook = [.. overlook] });
        Redaction = result.Redaction;
        var least = IsBrief ? Severity.Error : Severity.Warning;
        Printer(arguments, Terminal.StandardError()).Print([.. result.Findings.Where(finding => finding.Severity >= least)]);
        var passed = result.Findings.Where(finding => finding.Severity == Severity.Warning && finding.Severity < least).ToList();
        if (passed.Count > 0)
            Console.Error.WriteLine($"{Counted.Of(passed.Count, "warning")} about the declaration ({string.Join(", ", passed.Select(finding => finding.Code).Distinct())}): `millrace check` shows {(passed.Count == 1 ? "it" : "them")}");
        return result.Project;
    }

    /// <summary>
    /// Like <see cref="Load"/>, with the nodes found on the fleet where the project asks for discovery; null when it
    /// cannot be used.
    /// </summary>
    public async Task<Project?> LoadWithNodesAsync(
        ParseResult arguments, INodeConnector connector, CancellationToken cancel, params string[] overlook)
    {
        if (Load(arguments, overlook) is not { } declared)
            return null;
        var found = await new FleetDiscovery(connector).DiscoverAsync(declared.Fleet, cancel);
        var project = declared with { Fleet = found.Fleet };
        // Which shards there are is only known now.
        IEnumerable<Finding> rings = declared.Fleet.Discovery is null ? [] : RingLockDiffers.Run(project).Where(finding => !overlook.Contains(finding.Code));
        ImmutableArray<Finding> findings = [.. found.Findings, .. rings];
        Printer(arguments, Terminal.StandardError()).Print(findings);
        return findings.Any(finding => finding.Severity == Severity.Error) ? null : project;
    }

    /// <summary>A printer that shows the lines of this project's files.</summary>
    public FindingPrinter Printer(ParseResult arguments, Terminal terminal) =>
        new(terminal, new SourceLines(Folder(arguments), Redaction));

    private string? FleetFile(ParseResult arguments) =>
        arguments.GetValue(fleet) is { } file ? Path.GetFullPath(file) : null;
}
