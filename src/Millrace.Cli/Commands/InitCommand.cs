using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace init</c>: writes a commented project to start from.</summary>
public static class InitCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Where to write it", DefaultValueFactory = _ => "." };
        var name = new Option<string?>("--name")
        {
            Description = "Name of the project and of its database; the folder's name unless given",
        };
        var command = new Command("init", "Write a commented project to start from; never over existing files")
        {
            folder, name,
        };
        command.SetAction(parsed => Run(parsed.GetValue(folder)!, parsed.GetValue(name), Terminal.StandardOutput()));
        return command.WithExamples(
            ("millrace init", "into this folder"),
            ("millrace init shop --name shop", "into a new folder"));
    }

    internal static int Run(string folder, string? name, Terminal terminal)
    {
        var written = StarterProject.Write(folder, name ?? NameOf(folder));
        foreach (var path in written)
            terminal.Out.WriteLine($"wrote {(folder == "." ? path : Path.Combine(folder, path))}");
        if (!written.Contains(StarterProject.IgnoreFile))
            terminal.Out.WriteLine(
                $"kept {StarterProject.IgnoreFile}; add to it:\n{StarterProject.IgnoreLines.TrimEnd()}");
        var where = folder == "." ? "" : $" --project {folder}";
        terminal.Out.WriteLine();
        terminal.Out.WriteLine(
            "Next: describe your servers in fleet.yaml and your stream in pipelines/events.yaml, then");
        terminal.Out.WriteLine($"  {terminal.Paint($"millrace check{where}", Ink.Cyan)}   says what is wrong, without touching a server");
        terminal.Out.WriteLine($"  {terminal.Paint($"millrace plan{where}", Ink.Cyan)}    shows what would change on the fleet");
        return ExitCode.Ok;
    }

    /// <summary>The folder's name, with what cannot be in a database name replaced.</summary>
    private static string NameOf(string folder)
    {
        var name = Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
        var plain = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '_')).Trim('_');
        return plain.Length == 0 || char.IsAsciiDigit(plain[0]) ? $"project_{plain}".TrimEnd('_') : plain;
    }
}
