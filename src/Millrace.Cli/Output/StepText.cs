using Millrace.Core.Planning;

namespace Millrace.Cli.Output;

/// <summary>One step in a line.</summary>
public static class StepText
{
    /// <summary>Narrower than this no statement is worth printing, however small the window.</summary>
    private const int Narrowest = 40;

    /// <param name="width">Columns left for it. A statement that does not fit is told in words: half a statement helps nobody.</param>
    public static string Headline(Step step, int width) => step.Action switch
    {
        StepAction.Create when step.Object.Name.Length == 0 => $"create database {step.Object.Database}",
        StepAction.Create => $"create {step.Object.Name} ({Engine(step)}){Views(step)}{Reason(step, "missing")}",
        StepAction.Recreate => $"recreate {step.Object.Name}: {step.Reason}; one node at a time{(step.KeepsOffsets() ? ", offsets stay in the group" : "")}",
        StepAction.Alter => Statement(step, Math.Max(width, Narrowest)) ?? $"alter {step.Object.Name}: {step.Reason}",
        _ => $"{Verb(step.Action)} {step.Object.Name}: {step.Reason}",
    };

    /// <summary>What is done, in a word or two.</summary>
    public static string Verb(StepAction action) => action switch
    {
        StepAction.ModifyQuery => "change query of",
        _ => action.ToString().ToLowerInvariant(),
    };

    /// <summary>The statement, if it is the only one and fits.</summary>
    private static string? Statement(Step step, int width)
    {
        var line = string.Join(' ', step.Statements[0].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        return step.Statements.Length == 1 && line.Length <= width ? line : null;
    }

    /// <summary>A leg is one step: its views come with the Kafka table.</summary>
    private static string Views(Step step)
    {
        var others = step.Expect.Where(expect => expect.Name != step.Object).Select(expect => expect.Name.Name).ToList();
        return others.Count == 0 ? "" : $" with {string.Join(", ", others)}";
    }

    private static string Reason(Step step, string usual) => step.Reason == usual ? "" : $": {step.Reason}";

    private static string Engine(Step step) =>
        step.Expect.FirstOrDefault(expect => expect.Name == step.Object)?.Shape?.Engine ?? "object";
}
