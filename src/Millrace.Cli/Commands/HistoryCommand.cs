using System.CommandLine;
using System.Globalization;
using Millrace.Cli.Output;
using Millrace.Core.Journal;
using Millrace.Core.Model;
using Millrace.Engine;
using Millrace.Engine.Journal;
using Millrace.Engine.Locking;
using Millrace.Engine.Nodes;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace history</c>: what was changed, where, when and by whom.</summary>
public sealed class HistoryCommand
{
    private readonly ProjectArguments project = new();
    private readonly Option<string?> node = new("--node") { Description = "Only what ran on this node", HelpName = "NAME" };
    private readonly Option<string?> name = new("--object") { Description = "Only what concerned this object", HelpName = "NAME" };
    private readonly Option<string?> apply = new("--apply") { Description = "One apply in full, by its id or the beginning of it", HelpName = "ID" };

    private readonly Option<string?> since = new("--since")
    {
        Description = "Not older than this: 2h, 7d, 2026-01-31 or 2026-01-31T20:11 (UTC)", HelpName = "TIME",
    };

    private readonly Option<int> limit = new("--limit") { Description = "Applies to show", DefaultValueFactory = _ => 50, HelpName = "N" };
    private readonly Option<bool> sql = new("--sql") { Description = "Print the statements too" };
    private readonly Option<bool> json = ProjectOptions.Json();

    public static Command Create() => new HistoryCommand().Build();

    private Command Build()
    {
        var command = new Command("history", "Show what was changed, where, when and by whom") { node, name, apply, since, limit, sql, json };
        project.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        if (project.Load(arguments) is not { } declared)
            return ExitCode.UserError;
        using var services = new Services(project.Folder(arguments));
        var filter = Filter(arguments);
        var (applies, silent) = await ReadAsync(declared.Fleet, services.Connector, filter, cancel);
        if (arguments.GetValue(json))
            Console.Out.WriteLine(HistoryJson.Of(applies));
        else
            new HistoryText(Terminal.StandardOutput(), DateTimeOffset.UtcNow)
            {
                InFull = filter.Apply is not null, WithStatements = filter.WithStatements,
            }.Write(applies);
        foreach (var reason in silent)
            Console.Error.WriteLine($"no answer: {reason}. What only this node keeps is not shown.");
        return ExitCode.Ok;
    }

    private JournalFilter Filter(ParseResult arguments) => new(
        arguments.GetValue(node),
        arguments.GetValue(name),
        arguments.GetValue(apply),
        arguments.GetValue(since) is { } text ? Since(text) : null,
        Math.Max(1, arguments.GetValue(limit)),
        arguments.GetValue(sql) || arguments.GetValue(json));

    private static async Task<(IReadOnlyList<JournalApply> Applies, IReadOnlyList<string> Silent)> ReadAsync(
        Fleet fleet, INodeConnector connector, JournalFilter filter, CancellationToken cancel)
    {
        var storage = StorageNodes.Declared(fleet, connector);
        var stores = await LeaseStores.ForReadingAsync(storage, cancel);
        var holder = await new FleetLock(stores, Core.Locking.LeaseTiming.Default, TimeProvider.System).FindHolderAsync(cancel);
        var (applies, silent) = await new JournalReader(storage).ReadAsync(filter, holder?.Apply, cancel);
        return (applies, silent);
    }

    private static DateTimeOffset Since(string text) =>
        Duration.TryParse(text) is { } ago ? DateTimeOffset.UtcNow - ago
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw new UserErrorException($"--since `{text}` is neither a time span such as 2h or 7d nor a time such as 2026-01-31T20:11");
}
