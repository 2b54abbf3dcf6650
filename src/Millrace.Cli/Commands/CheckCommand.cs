using System.CommandLine;
using System.Diagnostics;
using Millrace.Cli.Output;
using Millrace.Core.Findings;
using Millrace.Engine.Breaking;
using Millrace.Engine.Specs;

namespace Millrace.Cli.Commands;

/// <summary><c>millrace check</c>: says everything that is wrong with a declaration, or with a change of it, without touching the fleet.</summary>
public static class CheckCommand
{
    private const string LabDescription = "Only read the files: do not let ClickHouse judge types and expressions";

    public static Command Create()
    {
        var (folder, fleet, json) = (ProjectOptions.Folder(), ProjectOptions.Fleet(), ProjectOptions.Json());
        var filesOnly = new Option<bool>("--files-only") { Description = LabDescription };
        var format = new Option<CheckFormat>("--format") { Description = "text, json, sarif, github (annotations) or markdown (a comment)", HelpName = "FORMAT" };
        var change = new ChangeOptions();
        var command = new Command("check", "Say everything that is wrong with the project or with a change, without touching the fleet")
        {
            folder, fleet, json, format, filesOnly,
        };
        change.AddTo(command);
        command.SetAction(async (parsed, cancel) =>
        {
            var started = Stopwatch.GetTimestamp();
            var schema = parsed.GetValue(change.Schema);
            var outcome = schema is not null
                ? CheckOutcome.Of(await change.CheckSchemaAsync(parsed, schema, cancel))
                : await CheckAsync(parsed, change, parsed.GetValue(folder)!, parsed.GetValue(fleet), parsed.GetValue(filesOnly), cancel);
            var place = schema is null ? parsed.GetValue(folder)! : Environment.CurrentDirectory;
            var wanted = parsed.GetValue(json) ? CheckFormat.Json : parsed.GetValue(format);
            return Show(place, outcome, wanted, Stopwatch.GetElapsedTime(started), Terminal.StandardOutput());
        });
        return command.WithExamples(
            ("millrace check", "all that is wrong, types and expressions included"),
            ("millrace check --against git:origin/main", "what the working tree would break"),
            ("millrace check --against fleet", "what an apply would break"),
            ("millrace check --sql change.sql", "what these statements would break"),
            ("millrace check --schema dump.sql --sql change.sql", "without a project: plain DDL before, and the change"),
            ("millrace check --files-only --json", "in an editor or in CI: quick, for machines"));
    }

    /// <summary>The check of the files alone.</summary>
    internal static int Run(string folder, string? fleet, bool json, Terminal terminal)
    {
        var started = Stopwatch.GetTimestamp();
        var outcome = CheckOutcome.Of(ProjectLoader.Load(folder, Options(fleet)));
        return Show(folder, outcome, json ? CheckFormat.Json : CheckFormat.Text, Stopwatch.GetElapsedTime(started), terminal);
    }

    private static LoadOptions Options(string? fleet) => new() { FleetFile = fleet is null ? null : Path.GetFullPath(fleet) };

    private static async Task<CheckOutcome> CheckAsync(
        ParseResult parsed, ChangeOptions change, string folder, string? fleet, bool filesOnly, CancellationToken cancel)
    {
        var loaded = ProjectLoader.Load(folder, Options(fleet));
        if (loaded.Project is not { } project || filesOnly)
            return CheckOutcome.Of(loaded);
        using var services = new Services(Path.GetFullPath(folder));
        // Once the files are in order, a real engine creates the declaration.
        var judged = await services.Lab.LoadAsync(project, cancel);
        var report = await change.CheckProjectAsync(parsed, services, folder, project, Options(fleet), cancel);
        var allowed = Allowances.Apply(project.Allow, report.Findings, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime));
        var refused = CheckOutcome.NotLoaded(report).Where(finding => judged.Findings.All(known => known.At != finding.At));
        return CheckOutcome.Of(loaded with
        {
            Findings = [.. loaded.Findings, .. judged.Findings.Concat(refused).Concat(allowed).Select(loaded.Redaction.Apply)],
        }) with { Report = report };
    }

    private static int Show(string folder, CheckOutcome outcome, CheckFormat format, TimeSpan elapsed, Terminal terminal)
    {
        new CheckReportWriter(terminal, folder, outcome).Write(format, elapsed);
        return outcome.HasErrors ? ExitCode.UserError : ExitCode.Ok;
    }
}
