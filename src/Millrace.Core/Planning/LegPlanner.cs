using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Core.Planning;

/// <summary>
/// Plans a Kafka table together with its views. Messages that arrive while only some of the views are attached are lost
/// for the others, so the views are made on an empty stand-in and the Kafka table takes its place last: consumption
/// starts with every view attached. Views follow their source by name. With several sinks there is a stream table behind the
/// data view: it and the views on it are ready before consumption starts, and are only made anew while it rests.
/// </summary>
/// <param name="behind">The views on the Kafka table, and with several sinks the stream table and the views on it.</param>
internal sealed class LegPlanner(CanonicalObject kafka, ImmutableArray<CanonicalObject> behind)
{
    /// <summary>How a reason begins where offsets do not stay where they are.</summary>
    public const string OtherGroup = "another consumer group";

    public ObjectPlan Plan(ObjectShape? observedKafka, ImmutableArray<ObjectShape?> observedBehind)
    {
        var (all, state, stream) = Parts(observedBehind);
        if (InTheWay(observedKafka, all) is { } refusal)
            return ObjectPlan.Refuse(refusal);
        var table = TableReason(observedKafka);
        if (table is null && state.All(view => view.CanStay) && stream.CanStay)
            return InPlace(observedKafka!, state, stream);
        // A stand-in consumes nothing: putting the Kafka table in its place interrupts nobody.
        var consumes = observedKafka is { Engine: "Kafka" };
        return ObjectPlan.Of(Anew(observedKafka, observedBehind, consumes, hasTable: observedKafka is not null));
    }

    /// <summary>What brings the leg to its declaration once its Kafka table is gone, as part of a larger step.</summary>
    public ObjectPlan Resting(ObjectShape? observedKafka, ImmutableArray<ObjectShape?> observedBehind)
    {
        // A stand-in is left, which the larger step does not drop.
        return InTheWay(observedKafka, Parts(observedBehind).All) is { } refusal
            ? ObjectPlan.Refuse(refusal)
            : ObjectPlan.Of(Anew(observedKafka, observedBehind, consumes: true, hasTable: observedKafka is not (null or { Engine: "Kafka" })));
    }

    /// <param name="hasTable">True where something of the Kafka table's name must go first.</param>
    private StepDraft Anew(ObjectShape? observedKafka, ImmutableArray<ObjectShape?> observedBehind, bool consumes, bool hasTable)
    {
        var (all, state, stream) = Parts(observedBehind);
        return new StepDraft(
            consumes ? StepAction.Recreate : StepAction.Create,
            Phase.Legs,
            consumes ? Risk.Pauses : Risk.Safe,
            Reason(TableReason(observedKafka), observedKafka, state, stream),
            Statements(hasTable, state, stream),
            Before(observedKafka, all),
            After(),
            OneNodeAtATime: consumes);
    }

    private (ImmutableArray<ViewState> All, ImmutableArray<ViewState> Views, StreamState Stream) Parts(ImmutableArray<ObjectShape?> observed)
    {
        var all = behind.Zip(observed, (wanted, shape) => new ViewState(wanted, shape)).ToImmutableArray();
        var views = all.Where(part => part.Wanted.Declared.Purpose == ObjectPurpose.LegView).ToImmutableArray();
        return (all, views, new StreamState([.. all.Except(views)]));
    }

    /// <summary>Something with rows that has the name of the Kafka table or of a view.</summary>
    private Finding? InTheWay(ObjectShape? observedKafka, ImmutableArray<ViewState> state) =>
        observedKafka is not null && !EngineTraits.HoldsNothing(observedKafka)
            ? Refusals.HoldsRows(kafka, observedKafka)
            : state.Where(view => view.Observed is not null && !EngineTraits.HoldsNothing(view.Observed))
                .Select(view => Refusals.HoldsRows(view.Wanted, view.Observed!))
                .FirstOrDefault();

    private static string Reason(string? table, ObjectShape? observedKafka, ImmutableArray<ViewState> state, StreamState stream) =>
        observedKafka is null && state.All(view => view.Observed is null)
            ? "missing"
            : string.Join(", ", state.Select(view => view.Reason).Prepend(table).Concat(stream.Reasons).OfType<string>());

    /// <summary>Why the Kafka table cannot stay; null when it can.</summary>
    private string? TableReason(ObjectShape? observed)
    {
        var wanted = kafka.Shape;
        if (observed is null)
            return "missing";
        if (observed.Engine != wanted.Engine)
            return observed.Engine == "Null" ? "an unfinished apply left its stand-in" : $"engine is {observed.Engine}";
        if (KafkaMeaning.GroupOf(observed.EngineFull) is { } group && KafkaMeaning.GroupOf(wanted.EngineFull) is { } other && group != other)
            return $"{OtherGroup} ({group} -> {other}): a new one reads again all that the topic keeps";
        if (!KafkaMeaning.Same(observed.EngineFull, wanted.EngineFull))
            return "consumer settings changed";
        return observed.Columns.SequenceEqual(wanted.Columns) ? null : "message columns changed";
    }

    /// <summary>Changes that do not interrupt the stream: another SELECT, another comment.</summary>
    private ObjectPlan InPlace(ObjectShape observedKafka, ImmutableArray<ViewState> state, StreamState stream)
    {
        var steps = ImmutableArray.CreateBuilder<StepDraft>();
        if (observedKafka.Comment != kafka.Shape.Comment)
            steps.Add(new StepDraft(
                StepAction.Alter, Phase.Legs, Risk.Safe, Words.Comment(observedKafka),
                [AlterSql.Comment(kafka.Name, kafka.Shape.Comment)],
                [new(kafka.Name, observedKafka)], []));
        foreach (var view in stream.Sinks.Where(view => view.Observed is null))
            steps.Add(new StepDraft(
                StepAction.Create, Phase.Legs, Risk.Safe, "missing", view.Creation(), [new(view.Name, null)], [new(view.Name, view.Wanted.Shape)]));
        foreach (var view in state.Concat(stream.Parts).Where(view => view.Observed is not null && !view.IsSame))
            steps.Add(new StepDraft(
                view.QueryChanged ? StepAction.ModifyQuery : StepAction.Alter, Phase.Legs, Risk.Safe,
                view.QueryChanged ? "SELECT changed" : Words.Comment(view.Observed!),
                view.Alterations(), [new(view.Name, view.Observed)], [new(view.Name, view.Wanted.Shape)]));
        return ObjectPlan.Of(steps.ToImmutable());
    }

    private ImmutableArray<string> Statements(bool hasTable, ImmutableArray<ViewState> state, StreamState stream)
    {
        var statements = ImmutableArray.CreateBuilder<string>();
        if (hasTable)
            statements.Add(DropSql.Of(kafka.Name));
        statements.AddRange(stream.Statements());
        if (!state.All(view => view.IsSame))
        {
            statements.Add(kafka.Declared.StandInSql!);
            foreach (var view in state)
                statements.AddRange(view.CanStay ? view.Alterations() : view.Creation());
            statements.Add(DropSql.Of(kafka.Name));
        }

        statements.Add(kafka.Declared.CreateSql);
        return statements.ToImmutable();
    }

    private ImmutableArray<Expectation> Before(ObjectShape? observedKafka, ImmutableArray<ViewState> state) =>
        [new(kafka.Name, observedKafka), .. state.Select(view => new Expectation(view.Name, view.Observed))];

    private ImmutableArray<Expectation> After() =>
        [new(kafka.Name, kafka.Shape), .. behind.Select(item => new Expectation(item.Name, item.Shape))];
}
