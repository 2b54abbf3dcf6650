using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Lineage;
using Millrace.Core.Model;
using Millrace.Engine;
using Millrace.Engine.Breaking;
using Millrace.Engine.Lineage;
using Millrace.Engine.Observe;
using Millrace.Kafka;

namespace Millrace.Cli.Commands;

/// <summary>Where a graph comes from: the declaration, the fleet, both, or a file of plain DDL.</summary>
public sealed class LineageArguments
{
    private readonly ProjectArguments project = new();

    private readonly Option<LineageSource> from = new("--from")
    {
        Description = "declared (the project), fleet (what the nodes hold, with lag, rows and parts), or both",
        HelpName = "SOURCE",
    };

    private readonly Option<string?> schema = new("--schema")
    {
        Description = "Read a file of plain CREATE statements instead of a project",
        HelpName = "FILE",
    };

    /// <summary>Takes secrets out of what is printed.</summary>
    public Redaction Redaction => project.Redaction;

    public void AddTo(Command command)
    {
        command.Options.Add(from);
        command.Options.Add(schema);
        project.AddTo(command);
    }

    /// <summary>Null when the project cannot be used; what is wrong has been said.</summary>
    public async Task<LineageGraph?> ReadAsync(ParseResult arguments, CancellationToken cancel)
    {
        if (arguments.GetValue(schema) is { } file)
        {
            using var plain = new Services(Environment.CurrentDirectory);
            if (!File.Exists(file))
                throw new UserErrorException($"there is no file {file}");
            var world = WorldDeclaration.Of(await File.ReadAllTextAsync(file, cancel), file, "default");
            return await new LineageLab(plain.LabHost).TraceAsync(world, null, cancel);
        }

        using var services = new Services(project.Folder(arguments));
        var source = arguments.GetValue(from);
        var declared = source == LineageSource.Declared
            ? project.Load(arguments)
            : await project.LoadWithNodesAsync(arguments, services.Connector, cancel);
        if (declared is null)
            return null;
        using var waiting = Waiting.For(source == LineageSource.Declared ? "loading the declaration into a lab" : "reading the fleet");
        return await ReadAsync(services, declared, source, cancel);
    }

    /// <summary>The selection that a text means; an error when there is no such thing.</summary>
    public static Selection Select(LineageGraph graph, string text)
    {
        if (Selection.Find(graph, text) is { } found)
            return found;
        var near = Selection.Suggest(graph, text);
        throw new UserErrorException($"nothing here is called `{text}`{(near is null ? "" : $"; did you mean `{near}`?")}");
    }

    private static async Task<LineageGraph> ReadAsync(Services services, Project declared, LineageSource source, CancellationToken cancel)
    {
        var (typed, untyped) = await services.Lab.TypeRollupsAsync(declared, cancel);
        var own = WorldDeclaration.Of(typed);
        var lab = new LineageLab(services.LabHost);
        var gaps = untyped.Select(finding => $"{finding.At}: {finding.Message}");
        if (source == LineageSource.Declared)
            return Working(await lab.TraceAsync(own, declared.Fleet, cancel), gaps);
        var observed = await services.Observer.ObserveAsync(declared.Fleet, new ObserveOptions { WithFacts = true }, cancel);
        var world = source == LineageSource.Fleet ? WorldDeclaration.Of(declared, observed) : WorldDeclaration.Of(typed, own.Statements, observed);
        var graph = Working(await lab.TraceAsync(world, declared.Fleet, cancel), source == LineageSource.Fleet ? [] : gaps);
        return await new FleetFigures(services.Connector, new BrokerLag()).AddAsync(graph, declared, observed, cancel);
    }

    /// <summary>Views that only tell whether a node is ready move no data.</summary>
    private static LineageGraph Working(LineageGraph graph, IEnumerable<string> gaps)
    {
        var ids = graph.Nodes.Where(node => !node.Name.StartsWith($"{Readiness.Database}.", StringComparison.Ordinal))
            .Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        return graph.Only(ids) with { Gaps = [.. gaps, .. graph.Gaps] };
    }
}
