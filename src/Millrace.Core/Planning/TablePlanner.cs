using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Shapes;

namespace Millrace.Core.Planning;

/// <summary>From one observed state of one object to its declared state; legs have <see cref="LegPlanner"/>.</summary>
internal sealed class TablePlanner(CanonicalObject declared, RoleKind role, PlanOptions options)
{
    private readonly ObjectShape wanted = declared.Shape;

    private Phase Expand => PhaseOf.Expand(declared.Declared.Purpose, wanted.Engine, role);

    private Phase Contract => PhaseOf.Contract(wanted.Engine, role);

    public ObjectPlan Plan(ObjectShape? observed)
    {
        if (observed is null)
            return ObjectPlan.Of(Create());
        if (observed.Equals(wanted))
            return ObjectPlan.Nothing;
        if (observed.Engine != wanted.Engine)
            return ReplaceOrRefuse(observed, $"engine is {observed.Engine}, declared {wanted.Engine}");
        return EngineTraits.IsMergeTree(wanted.Engine) ? AlterData(observed) : AlterStateless(observed);
    }

    private StepDraft Create() =>
        new(StepAction.Create, Expand, Risk.Safe, "missing", [declared.Declared.CreateSql], Before(null), After());

    private ObjectPlan AlterData(ObjectShape observed)
    {
        var (now, then) = (EngineClauses.Read(observed.EngineFull), EngineClauses.Read(wanted.EngineFull));
        if (now.Head != then.Head)
            return ObjectPlan.Refuse(Refusals.EngineOrKey(declared, now.Head, then.Head));

        var columns = ColumnDiff.Compare(wanted.Columns, observed.Columns);
        var removed = columns.OfType<ColumnChange.Removed>().Where(IsStored).ToImmutableArray();
        var kept = columns.Except<ColumnChange>(removed).ToList();
        var statements = AlterSql.Columns(wanted.Name, kept)
            .AddRange(EngineAlterSql.Ttl(wanted.Name, now, then))
            .AddRange(EngineAlterSql.Settings(wanted.Name, now, then))
            .AddRange(Comment(observed));
        if (statements.IsEmpty && removed.IsEmpty)
            return ObjectPlan.Refuse(Refusals.Unexplained(declared, observed));

        var risk = ColumnRisk.Of(kept);
        if (Refusals.NotAllowed(declared, risk, kept, options) is { } refusal)
            return ObjectPlan.Refuse(refusal);
        var drops = removed.IsEmpty || !options.MayDestroy(wanted.Name) ? [] : AlterSql.Columns(wanted.Name, [.. removed]);
        var steps = ImmutableArray.CreateBuilder<StepDraft>();
        if (!statements.IsEmpty)
            steps.Add(new(StepAction.Alter, Expand, risk, Reason(observed, kept, now, then), statements, Before(observed), removed.IsEmpty ? After() : []));
        if (!drops.IsEmpty)
            steps.Add(new(StepAction.Alter, Contract, Risk.Destroys, Words.Of(removed), drops, statements.IsEmpty ? Before(observed) : [], After()));
        return new(steps.ToImmutable(), [], drops.IsEmpty ? [.. removed.Select(r => (wanted.Name, $"column {r.Column}"))] : []);
    }

    /// <summary>ALIAS columns have no values to lose.</summary>
    private static bool IsStored(ColumnChange.Removed change) => change.Observed.DefaultKind != "ALIAS";

    private ObjectPlan AlterStateless(ObjectShape observed)
    {
        if (wanted.Engine == "MaterializedView")
            return AlterView(observed);
        if (wanted.Engine != "Distributed" || observed.EngineFull != wanted.EngineFull)
            return OnlyComment(observed) ? CommentStep(observed) : ReplaceOrRefuse(observed, "definition changed");

        var columns = ColumnDiff.Compare(wanted.Columns, observed.Columns);
        var removed = columns.OfType<ColumnChange.Removed>().ToList();
        var kept = columns.Except<ColumnChange>(removed).ToList();
        var first = AlterSql.Columns(wanted.Name, kept).AddRange(Comment(observed));
        var then = AlterSql.Columns(wanted.Name, [.. removed]);
        if (first.IsEmpty && then.IsEmpty)
            return ReplaceOrRefuse(observed, "definition changed");
        var steps = ImmutableArray.CreateBuilder<StepDraft>();
        if (!first.IsEmpty)
            steps.Add(new(StepAction.Alter, Expand, Risk.Safe, Words.Of(kept, observed, wanted), first, Before(observed), then.IsEmpty ? After() : []));
        if (!then.IsEmpty)
            steps.Add(new(StepAction.Alter, Contract, Risk.Safe, Words.Of(removed), then, first.IsEmpty ? Before(observed) : [], After()));
        return ObjectPlan.Of(steps.ToImmutable());
    }

    private ObjectPlan AlterView(ObjectShape observed)
    {
        if (observed.Target != wanted.Target)
            return ObjectPlan.Of(new StepDraft(
                StepAction.Recreate, Expand, Risk.Pauses, $"writes to {observed.Target}, declared {wanted.Target}",
                [DropSql.Of(wanted.Name), declared.Declared.CreateSql], Before(observed), After(), OneNodeAtATime: true));
        var statements = Comment(observed);
        if (observed.AsSelect != wanted.AsSelect || !observed.Columns.SequenceEqual(wanted.Columns))
            statements = statements.Insert(0, AlterSql.Query(wanted.Name, wanted.AsSelect));
        return statements.IsEmpty
            ? ObjectPlan.Refuse(Refusals.Unexplained(declared, observed))
            : ObjectPlan.Of(new StepDraft(StepAction.ModifyQuery, Expand, Risk.Safe, "SELECT changed", statements, Before(observed), After()));
    }

    private ObjectPlan ReplaceOrRefuse(ObjectShape observed, string reason)
    {
        if (!EngineTraits.HoldsNothing(observed.Engine))
            return ObjectPlan.Refuse(Refusals.EngineOrKey(declared, observed.EngineFull, wanted.EngineFull));
        return ObjectPlan.Of(new StepDraft(
            StepAction.Replace, Expand, Risk.Safe, reason, ReplaceSql.Of(declared.Declared, observed), Before(observed), After()));
    }

    private bool OnlyComment(ObjectShape observed) =>
        observed.Comment != wanted.Comment
        && observed.EngineFull == wanted.EngineFull && observed.AsSelect == wanted.AsSelect
        && observed.Columns.SequenceEqual(wanted.Columns);

    private ObjectPlan CommentStep(ObjectShape observed) =>
        ObjectPlan.Of(new StepDraft(
            StepAction.Alter, Expand, Risk.Safe, Words.Comment(observed), Comment(observed), Before(observed), After()));

    private ImmutableArray<string> Comment(ObjectShape observed) =>
        observed.Comment == wanted.Comment ? [] : [AlterSql.Comment(wanted.Name, wanted.Comment)];

    private string Reason(ObjectShape observed, IReadOnlyCollection<ColumnChange> columns, EngineClauses now, EngineClauses then) =>
        string.Join(", ", new[]
        {
            Words.Of(columns, observed, wanted),
            now.Ttl == then.Ttl ? "" : "TTL changed",
            EngineAlterSql.Settings(wanted.Name, now, then).IsEmpty ? "" : "settings changed",
        }.Where(part => part.Length > 0));

    private ImmutableArray<Expectation> Before(ObjectShape? observed) => [new(wanted.Name, observed)];

    private ImmutableArray<Expectation> After() => [new(wanted.Name, wanted)];
}
