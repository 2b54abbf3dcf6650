using System.Collections.Immutable;
using System.CommandLine;
using Millrace.Core.Findings;
using Millrace.Engine;
using Millrace.Engine.Breaking;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Commands;

/// <summary>What <c>millrace check</c> compares the project with.</summary>
public sealed class ChangeOptions
{
    public Option<string?> Against { get; } = new("--against")
    {
        Description = "Compare with another state: `git:REVISION`, or `fleet` for what the nodes have now",
        HelpName = "STATE",
    };

    public Option<string?> Sql { get; } = new("--sql") { Description = "Judge free DDL: ALTER, RENAME, EXCHANGE, DROP and the like", HelpName = "FILE" };

    public Option<string?> Schema { get; } = new("--schema") { Description = "Check plain CREATE statements of one kind of node instead of a project", HelpName = "FILE" };

    public void AddTo(Command command)
    {
        command.Options.Add(Against);
        command.Options.Add(Sql);
        command.Options.Add(Schema);
    }

    /// <summary>Plain DDL, without a project around it.</summary>
    public async Task<LoadResult> CheckSchemaAsync(ParseResult arguments, string file, CancellationToken cancel)
    {
        using var services = new Services(Environment.CurrentDirectory);
        var world = WorldDeclaration.Of(await ReadAsync(file, cancel), Path.GetFileName(file), "default");
        await using var lab = await ChangeLab.StartAsync(services.LabHost, cancel, world);
        var report = arguments.GetValue(Sql) is { } sql
            ? await lab.CheckScriptAsync(world, Statements.Read(await ReadAsync(sql, cancel), Path.GetFileName(sql)), cancel)
            : await lab.CheckWorldAsync(world, cancel);
        var refused = report.Refused.Select(item => new Finding("MR130", Severity.Error, $"ClickHouse does not accept this statement: {item.Fault.Message} ({item.Fault.Name})", item.Statement.At));
        return new LoadResult(null, [.. refused, .. report.Findings], Redaction.None);
    }

    private static async Task<string> ReadAsync(string file, CancellationToken cancel) =>
        File.Exists(file) ? await File.ReadAllTextAsync(file, cancel) : throw new UserErrorException($"there is no file {file}");
}
