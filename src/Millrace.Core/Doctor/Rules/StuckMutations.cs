using Millrace.Core.Findings;

namespace Millrace.Core.Doctor.Rules;

/// <summary>An ALTER queued behind an unfinished mutation waits for it, and with it every deploy.</summary>
internal static class StuckMutations
{
    public const string Code = "MR261";

    public static DoctorRule Rule { get; } = new(Code, "mutations do not finish", Check);

    public static IEnumerable<Finding> Check(DoctorFacts facts) =>
        from node in facts.Nodes
        where node.Seen.Facts is not null
        from mutation in node.Seen.Facts!.Mutations
        let age = node.Seen.ServerTime - mutation.Created
        let fails = mutation.FailReason.Length > 0
        where fails || age > facts.Limits.LongMutation
        select new Finding(
            Code,
            fails ? Severity.Error : Severity.Warning,
            $"`{mutation.Table}` {mutation.Id}, {Lasting.Of(age)} old, {Counted.Of(mutation.PartsToDo, "part")} to do: {FirstLine.Of(mutation.Command)}"
                + (fails ? $"; fails: {FirstLine.Of(mutation.FailReason)}" : ""),
            Fix: $"let it finish, or end it: KILL MUTATION WHERE database = {Sql.Quote.Text(mutation.Table.Database)} AND table = {Sql.Quote.Text(mutation.Table.Name)} AND mutation_id = {Sql.Quote.Text(mutation.Id)}")
            .On(node.Node.Name);
}
