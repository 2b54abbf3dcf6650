using System.CommandLine;

namespace Millrace.Cli.Commands;

/// <summary>Options that every command over a project has, spelled the same everywhere.</summary>
public static class ProjectOptions
{
    /// <summary>The project folder.</summary>
    public static Option<string> Folder() => new("--project", "-p")
    {
        Description = "The project folder (the one with millrace.yaml)",
        DefaultValueFactory = _ => ".",
        HelpName = "DIR",
    };

    /// <summary>Another fleet than the one that millrace.yaml names.</summary>
    public static Option<string?> Fleet() => new("--fleet")
    {
        Description = "Use this fleet file instead of the one that millrace.yaml names",
        HelpName = "FILE",
    };

    public static Option<bool> Json() => new("--json") { Description = "Print one JSON document instead of text" };
}
