using Millrace.Core.Observed;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class MutationGuardTests
{
    private static readonly ObservedFleet Fleet = Shapes.Observe(Shapes.Stream);

    internal static NodeFacts Busy(string table) => new()
    {
        Mutations = [new PendingMutation(Shapes.Name(table), "mutation_3.txt", "UPDATE a = 1 WHERE 1", DateTimeOffset.UnixEpoch, 12, "disk full")],
    };

    private static Plan PlanWith(string table) => Shapes.Plan(
        Shapes.With("sharded_events", shape => shape with { Columns = shape.Columns.Add(new ColumnShape("more", "String")) }),
        Fleet.Change("data-2", node => node with { Facts = Busy(table) }));

    [Fact]
    public void An_alter_that_would_queue_behind_a_mutation_is_refused_with_the_evidence()
    {
        var finding = Assert.Single(PlanWith("sharded_events").Refusals);
        Assert.Equal("MR156", finding.Code);
        Assert.StartsWith("data-2: `d.sharded_events`", finding.Message, StringComparison.Ordinal);
        Assert.Contains("disk full", finding.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_mutation_of_another_table_is_nobodys_business() => Assert.Empty(PlanWith("errors").Refusals);
}
