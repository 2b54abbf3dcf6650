using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Millrace.ClickHouse.Http;
using Millrace.DevCluster.Lab;
using Millrace.Engine;
using Millrace.Engine.Breaking;
using Millrace.Testing.Truth;

namespace Millrace.Bench.Checking;

/// <summary>Whether <c>check</c> names every damage of <c>tests/truth</c>, keeps silent over every harmless twin, and how long it takes.</summary>
public sealed class CheckBench(string only = "", bool show = false) : IBench
{
    private const double SecondsAllowed = 10;

    public string Name => "check";

    public string Summary => "damaging changes that `check` names, harmless ones it keeps silent about, and its time for 1,000 objects; --case NAME runs one";

    public IBench With(IReadOnlyList<string> options) => options switch
    {
        [] => this,
        ["--case", var name] => new CheckBench(name, show: true),
        _ => throw new UserErrorException($"the bench {Name} has no option {options[0]}"),
    };

    public bool Holds(JsonObject figures) =>
        (int)figures["caught"]! == (int)figures["cases"]! && (int)figures["false_alarms"]! == 0
        && new[] { "load_seconds", "lineage_seconds", "seconds" }.All(key => figures[key] is not { } seconds || (double)seconds < SecondsAllowed);

    public async Task<JsonObject> RunAsync(TextWriter report, CancellationToken cancel)
    {
        using var connector = new HttpNodeConnector();
        var host = new EmbeddedLabHost(connector);
        var cases = TruthCase.All(Folder()).Where(item => item.Name.Contains(only, StringComparison.Ordinal)).ToImmutableArray();
        var started = Stopwatch.GetTimestamp();
        var outcomes = new List<TruthOutcome>();
        await using (var lab = await TruthLab.StartAsync(host, cases, cancel))
        {
            foreach (var item in cases)
            {
                outcomes.Add(await lab.JudgeAsync(item, cancel));
                Write(report, outcomes[^1]);
                if (show)
                    await report.WriteLineAsync((await lab.ShowAsync(item, cancel)).ToString());
            }
        }

        var figures = new JsonObject
        {
            ["cases"] = cases.Length,
            ["caught"] = outcomes.Count(outcome => outcome.Missed.IsEmpty),
            ["twins"] = cases.Sum(item => item.Harmless.Length),
            ["false_alarms"] = outcomes.Sum(outcome => outcome.FalseAlarms.Length),
            ["cases_seconds"] = Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 1),
        };
        if (only.Length == 0)
            foreach (var (key, value) in await BigSchema.MeasureAsync(host, cancel))
                figures[key] = value?.DeepClone();
        return figures;
    }

    private void Write(TextWriter report, TruthOutcome outcome)
    {
        var missed = outcome.Missed.IsEmpty ? "caught" : $"MISSED {string.Join(' ', outcome.Missed)}";
        report.WriteLine($"{outcome.Case.Name,-40} {missed,-16} {string.Join(' ', outcome.Findings.Select(finding => finding.Code).Distinct())}");
        foreach (var broken in outcome.Broken)
            report.WriteLine($"    does not load: {broken}");
        foreach (var (title, finding) in outcome.FalseAlarms)
            report.WriteLine($"    FALSE ALARM in `{title}`: {finding.Code} {finding.Message}");
        if (show)
            foreach (var finding in outcome.Findings)
                report.WriteLine($"    {finding.Severity} {finding.Code} {finding.At} {finding.Message}\n      {finding.Detail?.Replace("\n", "\n      ", StringComparison.Ordinal)}\n      fix: {finding.Fix}");
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "tests", "truth")))
                return Path.Combine(folder.FullName, "tests", "truth");
        throw new UserErrorException("the bench runs outside of a checkout: there is no tests/truth");
    }
}
