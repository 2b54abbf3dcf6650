using System.Collections.Immutable;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking.Rules;

/// <summary>What the probe saw and no rule foresaw: the net under all rules.</summary>
internal static class Unexplained
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts, ImmutableArray<Breakage> known)
    {
        if (facts.Before is null)
            yield break;
        foreach (var difference in facts.Probe)
        {
            var upstream = UpstreamOf(facts, difference.Where);
            var downstream = facts.After.Find(difference.Where) is { } item ? Flow.Downstream(facts.After, item).Select(state => state.Ref).ToHashSet() : [];
            var concerned = difference.Outcome == ProbeOutcome.InsertFails ? downstream : upstream;
            if (known.Any(breakage => concerned.Contains(breakage.Where) || breakage.Causes.Any(cause => cause == difference.Where)))
                continue;
            if (difference.Outcome is ProbeOutcome.RowsMissing or ProbeOutcome.RowsAdded or ProbeOutcome.Values && IsMeant(facts, difference, upstream))
                continue;
            yield return Describe(facts, difference, upstream);
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

    private static Breakage Describe(ChangeFacts facts, ProbeDifference difference, HashSet<ObjectRef> upstream)
    {
        var (code, message) = difference.Outcome switch
        {
            ProbeOutcome.InsertFails => ("MR390", $"an insert into `{difference.Where}` that went through before fails: {difference.Fault}"),
            ProbeOutcome.ReadFails => ("MR391", $"`{difference.Where}` can no longer be read: {difference.Fault}"),
            ProbeOutcome.RowsMissing => ("MR392", $"rows are missing in `{difference.Where}`: {difference.Before} before, {difference.After} after"),
            ProbeOutcome.RowsAdded => ("MR392", $"rows are added to `{difference.Where}`: {difference.Before} before, {difference.After} after"),
            _ => ("MR393", $"`{difference.Where}`.`{difference.Column}` takes other values: {difference.Before} before, {difference.After} after"),
        };
        return new(code, Severity.Error, message)
        {
            Where = difference.Where,
            Column = difference.Column,
            Causes = [.. upstream.Where(facts.IsChanged).DefaultIfEmpty(difference.Where)],
            Path = facts.After.Find(difference.Where) is not null ? Flow.Text(facts.After, difference.Column, difference.Where) : "",
            Evidence = ["measured: the same rows were inserted before and after the change", .. difference.Outcome == ProbeOutcome.InsertFails ? [$"a row that fails: {Cut(difference.Before)}"] : (string[])[]],
        };
    }

    private static string Cut(string row) => row.Length > 160 ? row[..160] + "..." : row;
}
