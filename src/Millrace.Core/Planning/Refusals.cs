using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>Changes that a plan will not make, each with the way to make them.</summary>
internal static class Refusals
{
    public static Finding EngineOrKey(CanonicalObject declared, string observed, string wanted) => new(
        "MR150", Severity.Error,
        $"engine or key of `{declared.Name}` cannot change in place",
        declared.Declared.At,
        "declare the new table under another name with a second pipeline, fill it, then switch the readers",
        $"on the nodes: {observed}\ndeclared:     {wanted}");

    public static Finding HoldsRows(CanonicalObject declared, ObjectShape observed) => new(
        "MR150", Severity.Error,
        $"`{declared.Name}` is declared as {declared.Shape.Engine}, but a {observed.Engine} with rows of its own has that name",
        declared.Declared.At,
        "give one of the two another name; Millrace does not drop what holds rows to make room",
        $"on the nodes: {observed.CreateQuery}");

    public static Finding Unexplained(CanonicalObject declared, ObjectShape observed) => new(
        "MR151", Severity.Error,
        $"`{declared.Name}` differs in a part that Millrace does not alter (index, projection, constraint or column TTL)",
        declared.Declared.At,
        "bring the node and the declaration together with one ALTER by hand, then plan again",
        $"on the nodes: {observed.CreateQuery}\ndeclared:     {declared.Shape.CreateQuery}");

    public static Finding OtherProject(CanonicalObject declared, Mark mark) => Finding.Error(
        "MR152", $"`{declared.Name}` belongs to project `{mark.Project}` ({mark.Owner})", declared.Declared.At,
        "give this project's object another name, or remove the other declaration first");

    public static Finding ShorterLife(CanonicalObject declared, string now, string then) => new(
        "MR154", Severity.Error,
        $"`{declared.Name}`: with this TTL the server may delete stored rows",
        declared.Declared.At,
        $"if that is meant: --allow-destroy {declared.Name.Name}",
        $"on the nodes: {(now.Length == 0 ? "no TTL" : now)}\ndeclared:     {then}");

    /// <summary>The refusal for a change to stored rows that the user has not allowed; null when it may run.</summary>
    public static Finding? NotAllowed(
        CanonicalObject declared, Risk risk, IReadOnlyCollection<ColumnChange> changes, PlanOptions options)
    {
        var name = declared.Name;
        var what = Words.Of(changes.Where(change => ColumnRisk.Of(change) == risk));
        return risk switch
        {
            Risk.Rewrites when !options.MayRewrite(name) => Finding.Error(
                "MR153", $"`{name}`: {what} rewrites stored rows", declared.Declared.At,
                $"run it when the disks and merges have room for it: --allow-rewrite {name.Name}"),
            Risk.Destroys when !options.MayDestroy(name) => Finding.Error(
                "MR154", $"`{name}`: {what} can alter stored values", declared.Declared.At,
                $"add a new column beside the old one, or accept the loss: --allow-destroy {name.Name}"),
            _ => null,
        };
    }
}
