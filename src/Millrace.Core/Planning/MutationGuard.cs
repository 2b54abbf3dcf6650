using Millrace.Core.Findings;
using Millrace.Core.Observed;

namespace Millrace.Core.Planning;

/// <summary>An ALTER queues behind unfinished mutations of its table and can block for hours: they are looked at first.</summary>
internal static class MutationGuard
{
    public static IEnumerable<Finding> Check(IEnumerable<Step> steps, ObservedFleet observed) =>
        from step in steps
        where step.Action == StepAction.Alter && step.Phase is Phase.ExpandStorage or Phase.ContractStorage
        from node in step.Nodes
        from mutation in observed.Find(node)?.Facts?.Mutations ?? []
        where mutation.Table == step.Object
        select new Finding(
            "MR156", Severity.Error,
            $"{node}: `{step.Object}` has an unfinished mutation ({mutation.PartsToDo} parts to do), and the change would queue behind it",
            step.At,
            "wait for it, or stop it with KILL MUTATION, then plan again",
            $"{mutation.Id} since {mutation.Created:u}: {mutation.Command}"
            + (mutation.FailReason.Length == 0 ? "" : $"\nlast failure: {mutation.FailReason}"));
}
