using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Lineage;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace lineage</c>: what depends on what, over all roles. Changes nothing.</summary>
public sealed class LineageCommand
{
    private readonly LineageArguments source = new();
    private readonly Option<bool> json = ProjectOptions.Json();
    private readonly Argument<string?> table = new("TABLE") { Description = "Only what leads to this object and what it leads to", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<LineageFormat> format = new("--format") { Description = "tree, mermaid, dot, json or html (one file, no network)", HelpName = "FORMAT" };
    private readonly Option<string?> file = new("--out", "-o") { Description = "Write to this file instead of standard output", HelpName = "FILE" };

    public static Command Create() => new LineageCommand().Build();

    private Command Build()
    {
        var command = new Command("lineage", "Show what depends on what, from topic to query role") { table, format, file, json };
        source.AddTo(command);
        command.SetAction(RunAsync);
        return command.WithExamples(
            ("millrace lineage", "all streams of the project, as trees"),
            ("millrace lineage sharded_events", "what feeds one table, and what it feeds"),
            ("millrace lineage --from fleet", "what the nodes hold, with lag, rows a second, parts and failures"),
            ("millrace lineage --format html --out lineage.html", "to look around in with a browser"),
            ("millrace lineage --format mermaid sharded_events", "for a page or a pull request"));
    }

    private async Task<int> RunAsync(ParseResult arguments, CancellationToken cancel)
    {
        if (await source.ReadAsync(arguments, cancel) is not { } graph)
            return ExitCode.UserError;
        var selection = arguments.GetValue(table) is { } name ? LineageArguments.Select(graph, name) : null;
        if (selection is not null)
            graph = graph.Around(selection.Nodes.Select(node => node.Id));
        var wanted = arguments.GetValue(json) ? LineageFormat.Json : arguments.GetValue(format);
        var target = arguments.GetValue(file);
        var terminal = Terminal.StandardOutput();
        var text = source.Redaction.Apply(Render(target is null ? terminal : new Terminal(TextWriter.Null, false), graph, selection, wanted));
        if (target is null)
        {
            terminal.Out.Write(text);
        }
        else
        {
            await File.WriteAllTextAsync(target, text, cancel);
            await Console.Error.WriteLineAsync($"{target}: {LineageTree.Count(graph)}");
        }

        return ExitCode.Ok;
    }

    private static string Render(Terminal terminal, LineageGraph graph, Selection? selection, LineageFormat format) => format switch
    {
        LineageFormat.Mermaid => LineageMermaid.Of(graph, selection),
        LineageFormat.Dot => LineageDot.Of(graph),
        LineageFormat.Json => JsonOutput.Text(LineageJson.Of(graph)) + "\n",
        LineageFormat.Html => LineageHtml.Of(graph, selection),
        _ => new LineageTree(terminal).Render(graph, selection),
    };
}
