using System.CommandLine;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine;
using Millrace.Engine.Breaking;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Commands;

/// <summary>What <c>millrace check</c> compares, and the comparison itself.</summary>
public sealed class ChangeOptions
{
    private const string Git = "git:";

    public Option<string?> Against { get; } = new("--against")
    {
        Description = "Compare with another state: `git:REVISION`, or `fleet` for what the nodes have now",
        HelpName = "STATE",
    };

    public Option<string?> Sql { get; } = new("--sql") { Description = "Judge free DDL: ALTER, RENAME, EXCHANGE, DROP and the like", HelpName = "FILE" };

    public Option<string?> Schema { get; } = new("--schema")
    {
        Description = "Check a file of plain CREATE statements instead of a project",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(Against);
        command.Options.Add(Sql);
        command.Options.Add(Schema);
    }

    /// <summary>Plain DDL, without a project around it.</summary>
    public async Task<ChangeReport> CheckSchemaAsync(ParseResult arguments, string file, CancellationToken cancel)
    {
        using var services = new Services(Environment.CurrentDirectory);
        var world = WorldDeclaration.Of(await ReadAsync(file, cancel), file, "default");
        if (world.Statements.IsEmpty)
            throw new UserErrorException($"there is no statement in {file}");
        return await CheckAsync(services, world, arguments.GetValue(Sql), cancel);
    }

    /// <summary>A project, against what the options say.</summary>
    public async Task<ChangeReport> CheckProjectAsync(
        ParseResult arguments, Services services, string folder, Project project, LoadOptions load, CancellationToken cancel)
    {
        var against = arguments.GetValue(Against);
        project = await TypedAsync(services, project, cancel);
        if (against is null)
            return await CheckAsync(services, WorldDeclaration.Of(project), arguments.GetValue(Sql), cancel);
        if (against.StartsWith(Git, StringComparison.Ordinal))
        {
            var before = WorldDeclaration.Of(
                await TypedAsync(services, await ProjectAtRevision.LoadAsync(folder, against[Git.Length..], load, cancel), cancel));
            return arguments.GetValue(Sql) is { } change
                ? await CheckAsync(services, before, change, cancel)
                : await CompareAsync(services, before, WorldDeclaration.Of(project), cancel);
        }

        if (against != "fleet")
            throw new UserErrorException($"--against takes `git:REVISION` or `fleet`, not `{against}`");
        var observed = await services.Observer.ObserveAsync(project.Fleet, cancel: cancel);
        var fleet = WorldDeclaration.Of(project, observed);
        return arguments.GetValue(Sql) is { } sql
            ? await CheckAsync(services, fleet, sql, cancel)
            : await CompareAsync(services, fleet, WorldDeclaration.Of(project, WorldDeclaration.Of(project).Statements, observed), cancel);
    }

    /// <summary>Statements of rollups have types only once an engine gave them; what it refuses of them is reported elsewhere.</summary>
    private static async Task<Project> TypedAsync(Services services, Project project, CancellationToken cancel) =>
        (await services.Lab.TypeRollupsAsync(project, cancel)).Typed;

    private static async Task<ChangeReport> CheckAsync(Services services, WorldDeclaration world, string? sql, CancellationToken cancel)
    {
        var change = sql is null ? [] : Statements.Read(await ReadAsync(sql, cancel), sql);
        await using var lab = await ChangeLab.StartAsync(services.LabHost, cancel, world);
        return sql is null ? await lab.CheckWorldAsync(world, cancel) : await lab.CheckScriptAsync(world, change, cancel);
    }

    private static async Task<ChangeReport> CompareAsync(Services services, WorldDeclaration before, WorldDeclaration after, CancellationToken cancel)
    {
        await using var lab = await ChangeLab.StartAsync(services.LabHost, cancel, before, after);
        return await lab.CheckDeclarationAsync(before, after, cancel);
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancel) =>
        File.Exists(file) ? await File.ReadAllTextAsync(file, cancel) : throw new UserErrorException($"there is no file {file}");
}
