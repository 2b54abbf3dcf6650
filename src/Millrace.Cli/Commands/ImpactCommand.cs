using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Lineage;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace impact</c>: everything that a table or a column reaches, or that reaches it. Changes nothing.</summary>
public sealed class ImpactCommand
{
    private readonly LineageArguments source = new();
    private readonly Option<bool> json = ProjectOptions.Json();
    private readonly Argument<string> name = new("TABLE[.COLUMN]") { Description = "An object or a topic, or one of an object's columns" };
    private readonly Option<bool> up = new("--up") { Description = "What it comes from, instead of what it reaches" };

    public static Command Create() => new ImpactCommand().Build();

    private Command Build()
    {
        var command = new Command("impact", "List everything that a table or a column reaches, or comes from") { name, up, json };
        source.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace impact sharded_events", "who notices when this table changes"),
            ("millrace impact sharded_events.amount", "the same for one column"),
            ("millrace impact events_daily.amount --up", "where its values come from"),
            ("millrace impact sharded_events --json | jq -r '.items[].object'", "for machines"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        if (await source.ReadAsync(arguments, cancel) is not { } graph)
            return ExitCode.UserError;
        var selection = LineageArguments.Select(graph, arguments.GetRequiredValue(name));
        var direction = arguments.GetValue(up);
        var items = Impact.Of(graph, selection, direction);
        var terminal = Terminal.StandardOutput();
        var text = arguments.GetValue(json)
            ? JsonOutput.Text(LineageJson.Of(selection, items, direction, graph.Gaps)) + "\n"
            : new ImpactText(terminal).Render(selection, items, direction, graph.Gaps);
        terminal.Out.Write(source.Redaction.Apply(text));
        return ExitCode.Ok;
    }
}
