using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Engine;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace schema</c>: the JSON Schemas of project files, for editors.</summary>
public static class SchemaCommand
{
    public static Command Create()
    {
        var names = ProjectFileKind.All.Select(k => k.Name).ToArray();
        var kind = new Argument<string?>("KIND")
        {
            Description = $"The kind of file: {string.Join(", ", names)}",
            Arity = ArgumentArity.ZeroOrOne,
        };
        kind.AcceptOnlyFromAmong(names);
        var write = new Option<string?>("--write")
        {
            Description = $"Write all schemas into this folder instead, such as {SchemaFolder.Default}",
            HelpName = "DIR",
        };
        var reference = new Option<bool>("--reference")
        {
            Description = "Print the reference page of all project files instead, as Markdown",
        };
        var command = new Command("schema", "Print the JSON Schema of a kind of project file, for editors")
        {
            kind, write, reference,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(kind), parsed.GetValue(write), parsed.GetValue(reference), Terminal.StandardOutput()));
        return command.WithExamples(
            ("millrace schema pipeline", "one schema"),
            ("millrace schema --write .millrace/schema", "all of them, for your editor"));
    }

    internal static int Run(string? kind, string? write, bool reference, Terminal terminal)
    {
        var names = ProjectFileKind.All.Select(k => k.Name);
        if (reference)
            terminal.Out.Write(ProjectFilesReference.Markdown());
        else if (write is not null)
            foreach (var file in SchemaFolder.Write(write))
                terminal.Out.WriteLine($"wrote {file}");
        else if (kind is null)
            throw new UserErrorException($"say which schema: {string.Join(", ", names)}; or --write {SchemaFolder.Default} for all");
        else
            terminal.Out.WriteLine(SchemaFolder.Text(ProjectFileKind.All.Single(k => k.Name == kind)).TrimEnd());
        return ExitCode.Ok;
    }
}
