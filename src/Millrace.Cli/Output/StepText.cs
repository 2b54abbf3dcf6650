using Millrace.Core.Planning;

namespace Millrace.Cli.Output;

/// <summary>One step in a line.</summary>
public static class StepText
{
    private const int Width = 110;

    public static string Headline(Step step) => step.Action switch
    {
        StepAction.Create when step.Object.Name.Length == 0 => $"create database {step.Object.Database}",
        StepAction.Create => $"create {step.Object.Name} ({Engine(step)}){Reason(step, "missing")}",
        StepAction.Drop => $"drop {step.Object.Name}: {step.Reason}",
        StepAction.Recreate => $"recreate {step.Object.Name}: {step.Reason} (pauses one node at a time, offsets stay in the group)",
        StepAction.Replace => $"replace {step.Object.Name}: {step.Reason}",
        StepAction.ModifyQuery => $"{step.Object.Name}: MODIFY QUERY, {step.Reason}",
        _ => Short(step),
    };

    private static string Short(Step step)
    {
        var statement = string.Join(' ', step.Statements[0].Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        var more = step.Statements.Length > 1 ? $" (+{step.Statements.Length - 1} more)" : "";
        return (statement.Length > Width ? statement[..(Width - 3)] + "..." : statement) + more;
    }

    private static string Reason(Step step, string usual) => step.Reason == usual ? "" : $": {step.Reason}";

    private static string Engine(Step step) =>
        step.Expect.FirstOrDefault(expect => expect.Name == step.Object)?.Shape?.Engine ?? "object";
}
