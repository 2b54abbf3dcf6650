using System.CommandLine;
using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Commands;

/// <summary>Which project a command works on.</summary>
public sealed class ProjectOptions
{
    private readonly Option<string> project = new("--project", "-C")
    {
        Description = "the project's folder", DefaultValueFactory = _ => ".", HelpName = "DIR",
    };

    private readonly Option<string?> fleet = new("--fleet")
    {
        Description = "another fleet file than the project's own", HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(project);
        command.Options.Add(fleet);
    }

    /// <summary>The project's folder, absolute.</summary>
    public string Folder(ParseResult arguments) => Path.GetFullPath(arguments.GetRequiredValue(project));

    /// <summary>Reads the project and prints what is wrong with it; null when it cannot be used.</summary>
    public Project? Load(ParseResult arguments)
    {
        var result = ProjectLoader.Load(Folder(arguments), new LoadOptions { FleetFile = arguments.GetValue(fleet) });
        foreach (var finding in result.Findings.Where(finding => finding.Severity != Severity.Info))
            Console.Error.WriteLine(FindingText.Of(finding));
        return result.Project;
    }
}
