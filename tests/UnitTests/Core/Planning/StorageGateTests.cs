using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

/// <summary>What waits for a silent node, and what does not.</summary>
public sealed class StorageGateTests
{
    private static readonly ObservedFleet AsDeclared = Shapes.Observe(Shapes.Stream);
    private static readonly ImmutableArray<CanonicalObject> Wider = Changed(columns => columns.Add(new ColumnShape("more", "String")));
    private static readonly PlanOptions MayDrop = new() { AllowDestroy = ["sharded_events"] };

    private static ImmutableArray<CanonicalObject> Changed(Func<ImmutableArray<ColumnShape>, ImmutableArray<ColumnShape>> columns) =>
    [
        .. Shapes.Stream.Select(item => item.Name.Name is "sharded_events" or "writable_events" or "events_mv"
            ? item with { Shape = item.Shape with { Columns = columns(item.Shape.Columns), CreateQuery = "changed" } }
            : item),
    ];

    private static ObservedNode Blank(ObservedNode node) => node with { Objects = ImmutableDictionary<ObjectName, ObjectShape>.Empty };

    private static IEnumerable<string> Objects(Plan plan) => plan.Steps.Select(step => step.Object.Name).Order(StringComparer.Ordinal);

    [Fact]
    public void A_new_column_goes_to_the_storage_that_answers_and_no_view_writes_it_yet()
    {
        var plan = Shapes.Plan(Wider, AsDeclared.Silence("data-2"));
        Assert.Equal(["sharded_events"], Objects(plan));
        Assert.Equal([new Waiting("pipelines/events", "data-2")], plan.Waiting);
    }

    [Fact]
    public void Going_on_without_the_node_must_be_said()
    {
        var plan = Shapes.Plan(Wider, AsDeclared.Silence("data-2"), new PlanOptions { Without = ["data-2"] });
        Assert.Equal(["events_mv", "sharded_events", "writable_events"], Objects(plan));
        Assert.Empty(plan.Waiting);
    }

    [Fact]
    public void A_blank_ingestion_node_is_filled_with_what_the_others_have() =>
        Assert.Equal(
            ["", "kafka_events", "writable_errors", "writable_events"],
            Objects(Shapes.Plan(Shapes.Stream, AsDeclared.Silence("data-2").Change("ing-2", Blank))));

    [Fact]
    public void A_blank_ingestion_node_gets_no_declaration_that_the_others_wait_for()
    {
        // The storage that answers was widened by an earlier apply, so that nothing is left to do there.
        var halfway = Shapes.Observe([Wider[0], .. Shapes.Stream.Skip(1)]).Silence("data-2").Change("ing-2", Blank);
        Assert.Equal(["", "writable_errors"], Objects(Shapes.Plan(Wider, halfway)));
    }

    [Fact]
    public void Nothing_is_narrowed_while_the_view_that_writes_it_waits()
    {
        var plan = Shapes.Plan(Shapes.Stream, Shapes.Observe(Wider).Silence("data-2"), MayDrop);
        Assert.Empty(plan.Steps);
        Assert.Equal([new Waiting("pipelines/events", "data-2")], plan.Waiting);
    }

    [Fact]
    public void Storage_is_not_narrowed_while_a_silent_ingestion_node_may_still_write_it()
    {
        var plan = Shapes.Plan(Shapes.Stream, Shapes.Observe(Wider).Silence("ing-2"), MayDrop);
        Assert.DoesNotContain("sharded_events", Objects(plan));
        Assert.Contains("events_mv", Objects(plan));
        Assert.Equal([new Waiting("pipelines/events", "ing-2")], plan.Waiting);
    }

    [Fact]
    public void A_silent_ingestion_node_does_not_keep_the_others_from_going_on()
    {
        var plan = Shapes.Plan(Wider, AsDeclared.Silence("ing-2"));
        Assert.Equal(["events_mv", "sharded_events", "writable_events"], Objects(plan));
        Assert.All(plan.Steps, step => Assert.DoesNotContain("ing-2", step.Nodes));
    }

    [Fact]
    public void A_leg_waits_for_the_storage_of_its_errors_too()
    {
        var other = Shapes.Declare(Shapes.Table("errors", "MergeTree"), "data", ObjectPurpose.DataTable, "errors/errors");
        ImmutableArray<CanonicalObject> declared =
        [
            Shapes.Stream[0] with { Declared = Shapes.Stream[0].Declared with { Placement = new Placement("data", ["data-1"]) } },
            Shapes.Stream[1],
            other with { Declared = other.Declared with { Placement = new Placement("data", ["data-2"]) } },
            .. Shapes.Stream.Skip(3),
        ];
        var blank = new ObservedFleet([.. AsDeclared.Nodes.Select(Blank)], DateTimeOffset.UnixEpoch).Silence("data-2");
        var retuned = Shapes.Observe(declared).Silence("data-2").Change("ing-1", node => node with
        {
            Objects = node.Objects.SetItem(Shapes.Name("kafka_events"), node.Objects[Shapes.Name("kafka_events")] with { EngineFull = "Kafka(msk)" }),
        });
        Assert.Contains(new Waiting("pipelines/events", "data-2"), Shapes.Plan(declared, retuned).Waiting);
        Assert.Empty(Shapes.Plan(declared, retuned).Steps);
        Assert.Contains("sharded_events", Objects(Shapes.Plan(declared, blank)));
    }
}
