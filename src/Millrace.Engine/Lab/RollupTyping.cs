using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Lab;

/// <summary>
/// Asks an engine what types the columns of rollups have: the type of a state is the engine's business, down to the
/// arguments' types.
/// </summary>
internal sealed class RollupTyping(INodeConnection node, Project project)
{
    private readonly RollupGraph graph = new(project);
    private readonly List<Finding> findings = [];

    public async Task<(Project Typed, ImmutableArray<Finding> Findings)> TypeAsync(CancellationToken cancel)
    {
        await node.ExecuteAsync($"CREATE DATABASE IF NOT EXISTS {Quote.Name(project.Database)}", cancel: cancel);
        foreach (var source in Sources())
            await TryAsync(source, "its source", () => node.ExecuteAsync(LabSql.ForLab(source.CreateSql), cancel: cancel));
        var typed = project;
        // Parents first: a rollup is typed over the table of the one that it reads.
        foreach (var rollup in project.Rollups.OrderBy(graph.Depth))
            typed = await TypeAsync(typed, rollup, cancel);
        return (typed, [.. findings]);
    }

    /// <summary>The data tables that rollups read in the end.</summary>
    private IEnumerable<DeclaredObject> Sources()
    {
        var roots = project.Rollups.Select(graph.Root).OfType<Pipeline>().Select(pipeline => $"pipelines/{pipeline.Name}").ToHashSet(StringComparer.Ordinal);
        return Compiler.Compile(project with { Rollups = [] })
            .Where(item => item.Purpose == ObjectPurpose.DataTable && roots.Contains(item.Owner));
    }

    private async Task<Project> TypeAsync(Project typed, Rollup rollup, CancellationToken cancel)
    {
        var select = new RollupSelect(graph, rollup).View;
        var declared = new DeclaredObject
        {
            Name = graph.Data(rollup), Placement = Placement.On(graph.Cluster(rollup)!), Purpose = ObjectPurpose.RollupView,
            CreateSql = select, Owner = $"rollups/{rollup.Name}", At = project.Sources.Find($"rollups.{rollup.Name}"),
        };
        var columns = ImmutableArray<Column>.Empty;
        await TryAsync(declared, "its SELECT", async () => columns = Parse(await node.QueryAsync($"DESCRIBE TABLE ({select}) FORMAT JSONCompactEachRow", cancel: cancel)));
        if (columns.IsEmpty)
            return typed;
        typed = typed with { Rollups = [.. typed.Rollups.Select(other => other.Name == rollup.Name ? other with { Types = columns } : other)] };
        var target = Compiler.Compile(typed).First(item => item.Name == declared.Name && item.Purpose == ObjectPurpose.DataTable);
        await TryAsync(target, "its table", () => node.ExecuteAsync(LabSql.ForLab(target.CreateSql), cancel: cancel));
        return typed;
    }

    private async Task TryAsync(DeclaredObject item, string what, Func<Task> run)
    {
        try
        {
            await run();
        }
        catch (ServerErrorException error)
        {
            findings.Add(LabFinding.Of(item.At, $"`{item.Owner}` ({what})", error, item.CreateSql));
        }
    }

    private static ImmutableArray<Column> Parse(byte[] answer)
    {
        var columns = ImmutableArray.CreateBuilder<Column>();
        var row = new RowReader(answer);
        while (row.NextRow())
            columns.Add(new Column(row.Text(), row.Text()));
        return columns.ToImmutable();
    }
}
