using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Breaking.Rules;

/// <summary>What the probe saw and no rule foresaw: the net under all rules.</summary>
public static class Unexplained
{
    private const int ViolatedConstraint = 469;

    /// <summary>True for what only the probe saw.</summary>
    public static bool IsOne(Breakage breakage) => breakage.Code is "MR390" or "MR391" or "MR392" or "MR393";

    public static IEnumerable<Breakage> Run(ChangeFacts facts, ImmutableArray<Breakage> known)
    {
        if (facts.Before is null)
            yield break;
        foreach (var difference in facts.Probe)
        {
            var upstream = UpstreamOf(facts, difference.Where);
            var downstream = facts.After.Find(difference.Where) is { } item ? Flow.Downstream(facts.After, item).Select(state => state.Ref).ToHashSet() : [];
            var concerned = difference.Outcome == ProbeOutcome.InsertFails ? downstream : upstream;
            if (known.Any(breakage => !Costs.IsCost(breakage) && (concerned.Contains(breakage.Where) || breakage.Causes.Any(cause => cause == difference.Where))))
                continue;
            if (difference.IsOnlyNull && BecameNullable(facts, upstream).Any())
                continue; // Who left the column out has NULL there now: that is what Nullable says.
            if (difference.Outcome is ProbeOutcome.RowsMissing or ProbeOutcome.RowsAdded or ProbeOutcome.Values && IsMeant(facts, difference, upstream))
                continue;
            yield return Describe(facts, difference, upstream, concerned);
        }
    }

    /// <summary>Somebody wrote another SELECT, key, default or column on the way: then other rows are what was asked for.</summary>
    private static bool IsMeant(ChangeFacts facts, ProbeDifference difference, HashSet<ObjectRef> upstream) =>
        upstream.Any(item =>
        {
            var (was, now) = (facts.Before!.Find(item), facts.After.Find(item));
            if (was is null || now is null)
                return was?.HasSelect == true || now?.HasSelect == true;
            return was.Shape.AsSelect != now.Shape.AsSelect
                || was.Shape.EngineFull != now.Shape.EngineFull
                || now.Shape.Columns.Any(column => was.Column(column.Name) is { } old && IsRedefined(difference, item, old, column));
        });

    /// <summary>Another type is meant where it stands; further down the same rows should have the same values.</summary>
    private static bool IsRedefined(ProbeDifference difference, ObjectRef item, ColumnShape old, ColumnShape column) =>
        old.DefaultKind != column.DefaultKind || old.DefaultExpression != column.DefaultExpression
        || (old.Type != column.Type && item == difference.Where);

    private static HashSet<ObjectRef> UpstreamOf(ChangeFacts facts, ObjectRef item) =>
    [
        .. new[] { facts.Before!, facts.After }
            .SelectMany(world => world.Find(item) is { } state ? Flow.Upstream(world, state).Select(found => found.Ref) : []),
    ];

    private static Breakage Describe(ChangeFacts facts, ProbeDifference difference, HashSet<ObjectRef> upstream, HashSet<ObjectRef> concerned)
    {
        var (code, message) = difference.Outcome switch
        {
            ProbeOutcome.InsertFails => ("MR390", $"an insert into `{difference.Where}` that went through before fails: {difference.Fault}"),
            ProbeOutcome.ReadFails => ("MR391", $"`{difference.Where}` can no longer be read: {difference.Fault}"),
            ProbeOutcome.RowsMissing => ("MR392", $"rows are missing in `{difference.Where}`: {difference.Before} before, {difference.After} after"),
            ProbeOutcome.RowsAdded => ("MR392", $"rows are added to `{difference.Where}`: {difference.Before} before, {difference.After} after"),
            _ => ("MR393", $"`{difference.Where}`.`{difference.Column}` takes other values: {difference.Before} before, {difference.After} after"),
        };
        var nullable = difference.Outcome is ProbeOutcome.InsertFails or ProbeOutcome.ReadFails ? null : BecameNullable(facts, upstream).Select(found => ((ObjectState Table, ColumnShape Column)?)found).FirstOrDefault();
        return new(code, nullable is null ? Severity.Error : Severity.Warning, message)
        {
            Where = difference.Where,
            Column = difference.Column,
            Causes = [.. concerned.Where(facts.IsChanged).DefaultIfEmpty(difference.Where)],
            At = difference.At,
            Path = facts.After.Find(difference.Where) is not null ? Flow.Text(facts.After, difference.Column, difference.Where) : "",
            Fix = nullable is var (table, column)
                ? $"give it the value that it had: ALTER TABLE {Quote.Name(table.Name)} MODIFY COLUMN {Quote.Name(column.Name)} {column.Type} DEFAULT {EmptyOf(column.Type)}; or ifNull in the view"
                : difference.Fault?.Code == ViolatedConstraint ? "filter such rows in the view first; a constraint that is ASSUME instead of CHECK refuses nothing"
                : difference.Outcome == ProbeOutcome.InsertFails ? "have the view convert or filter such a row, or leave the change out: its producers will send it again and again"
                : null,
            Evidence = ["measured: the same rows were inserted before and after the change", .. nullable is var (source, open) ? [$"`{source.Ref}`.`{open.Name}` is {open.Type} now: a row that leaves it out has NULL there, and NULL equals nothing and is not counted"] : (string[])[], .. difference.Outcome == ProbeOutcome.InsertFails ? [$"a row that fails: {Cut(difference.Before)}"] : (string[])[]],
        };
    }

    /// <summary>Columns that have NULL now where a row leaves them out, and had an empty value.</summary>
    private static IEnumerable<(ObjectState Table, ColumnShape Column)> BecameNullable(ChangeFacts facts, HashSet<ObjectRef> upstream) =>
        from item in upstream
        let now = facts.After.Find(item)
        let was = facts.Before!.Find(item)
        where now is not null && was is not null && !now.HasSelect
        from column in now.Shape.Columns
        where column.DefaultKind.Length == 0 && TypeText.CanBeNull(column.Type) && was.Column(column.Name) is { } old && !TypeText.CanBeNull(old.Type)
        select (now, column);

    private static string EmptyOf(string type) =>
        TypeText.Unwrap(type, "Nullable") is { } plain && (plain.Contains("Int", StringComparison.Ordinal) || plain.StartsWith("Float", StringComparison.Ordinal) || plain.StartsWith("Decimal", StringComparison.Ordinal)) ? "0"
        : TypeText.IsText(type) ? "''"
        : $"defaultValueOfTypeName({Quote.Text(TypeText.Unwrap(type, "Nullable") ?? type)})";

    private static string Cut(string row) => row.Length > 160 ? row[..160] + "..." : row;
}
