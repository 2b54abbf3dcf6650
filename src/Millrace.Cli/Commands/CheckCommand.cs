using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace check</c>: says everything that is wrong with the declaration, without touching a server.</summary>
public static class CheckCommand
{
    public static Command Create()
    {
        var (folder, fleet, json) = (ProjectOptions.Folder(), ProjectOptions.Fleet(), ProjectOptions.Json());
        var command = new Command("check", "Say everything that is wrong with the project, without touching a server")
        {
            folder, fleet, json,
        };
        command.SetAction(parsed => Run(
            parsed.GetValue(folder)!, parsed.GetValue(fleet), parsed.GetValue(json), Terminal.StandardOutput()));
        return command;
    }

    internal static int Run(string folder, string? fleet, bool json, Terminal terminal)
    {
        var started = Stopwatch.GetTimestamp();
        var result = ProjectLoader.Load(
            folder, new LoadOptions { FleetFile = fleet is null ? null : Path.GetFullPath(fleet) });
        if (json)
            JsonOutput.Write(terminal, ToJson(result));
        else
            Print(folder, result, Stopwatch.GetElapsedTime(started), terminal);
        return result.HasErrors ? ExitCode.UserError : ExitCode.Ok;
    }

    private static void Print(string folder, LoadResult result, TimeSpan elapsed, Terminal terminal)
    {
        new FindingPrinter(terminal, new SourceLines(folder, result.Redaction)).Print(result.Findings);
        var what = result.Project is { } project
            ? $" in {Counted.Of(project.Pipelines.Length, "pipeline")} on {Counted.Of(project.Fleet.Nodes.Length, "node")}"
            : "";
        terminal.Out.WriteLine($"{FindingPrinter.Count(result.Findings)}{what} ({elapsed.TotalSeconds:0.0} s)");
    }

    private static JsonObject ToJson(LoadResult result) => new()
    {
        ["ok"] = !result.HasErrors,
        ["findings"] = FindingJson.Of(result.Findings),
    };
}
