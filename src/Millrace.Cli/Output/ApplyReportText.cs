using System.Text.Json;
using Millrace.Core.Findings;
using Millrace.Core.Planning;
using Millrace.Engine.Apply;

namespace Millrace.Cli.Output;

/// <summary>The end of an apply: what was done, what was not and where, and whether a second plan is empty.</summary>
public static class ApplyReportText
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static void Write(TextWriter writer, ApplyReport report, Plan rest)
    {
        foreach (var node in report.NotDone.GroupBy(item => item.Item.Node, StringComparer.Ordinal))
        {
            writer.WriteLine($"{node.Key}");
            foreach (var (item, outcome) in node.Where(step => step.Outcome.Result == StepResult.Failed))
                writer.WriteLine($"  failed   {item.Step.Object.Name}: {outcome.Error}");
            foreach (var reason in node.Where(step => step.Outcome.Result == StepResult.Skipped).GroupBy(step => step.Outcome.Error, StringComparer.Ordinal))
                writer.WriteLine($"  skipped  {NodeList.Of([.. reason.Select(step => step.Item.Step.Object.Name)])}: {reason.Key}");
        }

        writer.WriteLine(
            $"{report.Count(StepResult.Done)} done, {report.Count(StepResult.Failed)} failed, {report.Count(StepResult.Skipped)} skipped in {report.Took.TotalSeconds:0.0} s.");
        if (rest.IsEmpty && !rest.Silent.IsEmpty)
            writer.WriteLine("Planned again: nothing left to do on the nodes that could be read.");
        else if (rest.IsEmpty && report.Succeeded)
            writer.WriteLine("Planned again: nothing left to do. The fleet is as declared.");
        else if (rest.IsEmpty)
            writer.WriteLine("Planned again: nothing left to do.");
        else
            writer.WriteLine($"Planned again: {Counted.Of(rest.Steps.Length, "step")} left. `millrace plan` shows them, `millrace apply` goes on.");
        foreach (var (silent, text) in SilentWords.Grouped(rest.Silent))
            writer.WriteLine($"{SilentWords.State(silent)}: {text}. What it holds is unknown; {SilentWords.Remedy(silent)}.");
    }

    public static void WriteJson(TextWriter writer, ApplyReport report, Plan rest) =>
        writer.WriteLine(JsonSerializer.Serialize(
            new
            {
                Done = report.Count(StepResult.Done),
                Failed = report.Count(StepResult.Failed),
                Skipped = report.Count(StepResult.Skipped),
                Seconds = Math.Round(report.Took.TotalSeconds, 3),
                ReplanSteps = rest.Steps.Length,
                Silent = rest.Silent.Select(node => node.Node),
                NotDone = report.NotDone.Select(item => new
                {
                    item.Item.Node,
                    Object = item.Item.Step.Object.ToString(),
                    Result = item.Outcome.Result.ToString().ToLowerInvariant(),
                    item.Outcome.ServerCode,
                    item.Outcome.Error,
                }),
            },
            Json));
}
