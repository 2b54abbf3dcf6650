using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Model;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

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
        var (removed, kept) = Split(columns);
        var leaving = removed.Where(change => options.MayDestroy(wanted.Name) || !ColumnRisk.IsStored(change.Observed)).ToImmutableArray();
        var held = removed.Except(leaving).ToImmutableArray();
        var statements = AlterSql.Columns(wanted.Name, kept)
            .AddRange(EngineAlterSql.Ttl(wanted.Name, now, then))
            .AddRange(EngineAlterSql.Settings(wanted.Name, now, then))
            .AddRange(Comment(observed));
        if (statements.IsEmpty && removed.IsEmpty)
            return ObjectPlan.Refuse(Refusals.Unexplained(declared, observed));

        var risk = ColumnRisk.Of(kept);
        if (Refusals.NotAllowed(declared, risk, kept, options) is { } refusal)
            return ObjectPlan.Refuse(refusal);
        if (TtlChange.MayDelete(now.Ttl, then.Ttl))
        {
            if (!options.MayDestroy(wanted.Name))
                return ObjectPlan.Refuse(Refusals.ShorterLife(declared, now.Ttl, then.Ttl));
            risk = Risk.Destroys;
        }

        var drops = AlterSql.Columns(wanted.Name, leaving);
        var end = held.IsEmpty ? After() : [];
        var steps = ImmutableArray.CreateBuilder<StepDraft>();
        if (!statements.IsEmpty)
            steps.Add(new(StepAction.Alter, Expand, risk, Reason(observed, kept, now, then), statements, Before(observed), drops.IsEmpty ? end : []));
        if (!drops.IsEmpty)
            steps.Add(new(
                StepAction.Alter, Contract, ColumnRisk.Of(leaving), Words.Of(leaving), drops,
                statements.IsEmpty ? Before(observed) : [], end));
        return new(steps.ToImmutable(), [], [.. held.Select(change => (wanted.Name, $"column {change.Column}"))]);
    }

    /// <summary>Columns go after nothing writes or reads them any more; all else comes before.</summary>
    private static (ImmutableArray<ColumnChange.Removed> Removed, ImmutableArray<ColumnChange> Kept) Split(ImmutableArray<ColumnChange> changes) =>
        ([.. changes.OfType<ColumnChange.Removed>()], [.. changes.Where(change => change is not ColumnChange.Removed)]);

    private ObjectPlan AlterStateless(ObjectShape observed)
    {
        if (wanted.Engine == "MaterializedView")
            return AlterView(observed);
        if (wanted.Engine != "Distributed" || observed.EngineFull != wanted.EngineFull)
            return OnlyComment(observed) ? CommentStep(observed) : ReplaceOrRefuse(observed, DefinitionChange(observed));

        var columns = ColumnDiff.Compare(wanted.Columns, observed.Columns);
        var (removed, kept) = Split(columns);
        var first = AlterSql.Columns(wanted.Name, kept).AddRange(Comment(observed));
        var then = AlterSql.Columns(wanted.Name, removed);
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
        if (observed.Target != wanted.Target && !EngineTraits.HoldsNothing(observed))
            return ObjectPlan.Refuse(Refusals.HoldsRows(declared, observed));
        if (observed.Target != wanted.Target)
            return ObjectPlan.Of(new StepDraft(
                StepAction.Recreate, Expand, Risk.Pauses, $"writes to {observed.Target}, declared {wanted.Target}",
                [DropSql.Of(wanted.Name), declared.Declared.CreateSql], Before(observed), After(), OneNodeAtATime: true));
        if (!EngineTraits.HoldsNothing(observed)
            && (observed.EngineFull != wanted.EngineFull || !observed.Columns.SequenceEqual(wanted.Columns)))
            return ObjectPlan.Refuse(Refusals.EngineOrKey(declared, observed.CreateQuery, wanted.CreateQuery));
        if (observed.AsSelect == wanted.AsSelect && observed.Columns.SequenceEqual(wanted.Columns))
            return observed.Comment == wanted.Comment
                ? ObjectPlan.Refuse(Refusals.Unexplained(declared, observed))
                : CommentStep(observed);
        return ObjectPlan.Of(new StepDraft(
            StepAction.ModifyQuery, Expand, Risk.Safe, "SELECT changed",
            [AlterSql.Query(wanted.Name, wanted.AsSelect), .. Comment(observed)], Before(observed), After()));
    }

    private ObjectPlan ReplaceOrRefuse(ObjectShape observed, string reason)
    {
        if (!EngineTraits.HoldsNothing(observed))
            return ObjectPlan.Refuse(
                EngineTraits.HoldsNothing(wanted)
                    ? Refusals.HoldsRows(declared, observed)
                    : Refusals.EngineOrKey(
                        declared, EngineClauses.Read(observed.EngineFull).Head, EngineClauses.Read(wanted.EngineFull).Head));
        return ObjectPlan.Of(new StepDraft(
            StepAction.Replace, Expand, Risk.Safe, reason, ReplaceSql.Of(declared.Declared, observed), Before(observed), After()));
    }

    private string DefinitionChange(ObjectShape observed) =>
        RingWords.Of(observed.EngineFull, wanted.EngineFull) is { } words ? words
        : wanted.Engine == "Distributed" ? $"{observed.EngineFull} -> {wanted.EngineFull}; stored rows stay where they are" : "definition changed";

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
            now.Ttl == then.Ttl ? "" : then.Ttl.Length == 0 ? "TTL removed" : $"TTL {then.Ttl}",
            EngineAlterSql.Settings(wanted.Name, now, then).IsEmpty ? "" : "settings changed",
        }.Where(part => part.Length > 0));

    private ImmutableArray<Expectation> Before(ObjectShape? observed) => [new(wanted.Name, observed)];

    private ImmutableArray<Expectation> After() => [new(wanted.Name, wanted)];
}
