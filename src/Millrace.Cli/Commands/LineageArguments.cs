using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Core.Lineage;
using Millrace.Engine;
using Millrace.Engine.Breaking;
using Millrace.Engine.Lineage;

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
        return await services.Lineage.ReadAsync(declared, source, cancel);
    }

    /// <summary>The selection that a text means; an error when there is no such thing.</summary>
    public static Selection Select(LineageGraph graph, string text)
    {
        if (Selection.Find(graph, text) is { } found)
            return found;
        var near = Selection.Suggest(graph, text);
        throw new UserErrorException($"nothing here is called `{text}`{(near is null ? "" : $"; did you mean `{near}`?")}");
    }
}
