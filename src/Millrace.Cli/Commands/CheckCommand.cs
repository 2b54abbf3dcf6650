using System.CommandLine;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace check</c>: says everything that is wrong with the declaration, without touching the fleet.</summary>
public static class CheckCommand
{
    private const string LabDescription = "Only read the files: do not let ClickHouse judge types and expressions";

    public static Command Create()
    {
        var (folder, fleet, json) = (ProjectOptions.Folder(), ProjectOptions.Fleet(), ProjectOptions.Json());
        var filesOnly = new Option<bool>("--files-only") { Description = LabDescription };
        var change = new ChangeOptions();
        var command = new Command("check", "Say everything that is wrong with the project, without touching the fleet")
        {
            folder, fleet, json, filesOnly,
        };
        change.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var started = Stopwatch.GetTimestamp();
            if (parsed.GetValue(change.Schema) is { } schema)
                return Show(Path.GetDirectoryName(Path.GetFullPath(schema))!, await change.CheckSchemaAsync(parsed, schema, cancel), parsed.GetValue(json), started, Terminal.StandardOutput());
            var result = Load(parsed.GetValue(folder)!, parsed.GetValue(fleet));
            if (!parsed.GetValue(filesOnly))
                result = await JudgeAsync(result, parsed.GetValue(folder)!, cancel);
            return Show(parsed.GetValue(folder)!, result, parsed.GetValue(json), started, Terminal.StandardOutput());
        });
        return command.WithExamples(
            ("millrace check", "all that is wrong, types and expressions included"),
            ("millrace check --files-only --json", "in an editor or in CI: quick, for machines"));
    }

    /// <summary>The check of the files alone.</summary>
    internal static int Run(string folder, string? fleet, bool json, Terminal terminal)
    {
        var started = Stopwatch.GetTimestamp();
        return Show(folder, Load(folder, fleet), json, started, terminal);
    }

    private static LoadResult Load(string folder, string? fleet) =>
        ProjectLoader.Load(folder, new LoadOptions { FleetFile = fleet is null ? null : Path.GetFullPath(fleet) });

    /// <summary>Has a real engine create the declaration, once the files are in order.</summary>
    private static async Task<LoadResult> JudgeAsync(LoadResult result, string folder, CancellationToken cancel)
    {
        if (result.Project is null)
            return result;
        using var services = new Services(Path.GetFullPath(folder));
        var judged = await services.Lab.LoadAsync(result.Project, cancel);
        return result with { Findings = [.. result.Findings, .. judged.Findings.Select(result.Redaction.Apply)] };
    }

    private static int Show(string folder, LoadResult result, bool json, long started, Terminal terminal)
    {
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
