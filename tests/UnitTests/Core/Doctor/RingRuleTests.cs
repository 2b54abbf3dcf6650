using System.Collections.Immutable;
using Millrace.Core.Doctor;
using Millrace.Core.Doctor.Rules;
using Millrace.Core.Model;
using Millrace.Core.Observed;
using Millrace.Core.Shapes;
using Millrace.HashRing;
using Millrace.UnitTests.Core.Rings;
using Xunit;

namespace Millrace.UnitTests.Core.Doctor;

public sealed class RingRuleTests
{
    private static readonly ObjectName Data = new("d", "sharded_events");
    private static readonly ObjectName Writable = new("d", "writable_events");

    [Fact]
    public void A_shard_with_much_more_than_its_share_is_named_with_the_command_that_finds_the_key()
    {
        var finding = Assert.Single(RingImbalance.Check(Facts(Storage(1, 900_000), Storage(2, 100_000))));
        Assert.Equal("shard 1 has 900,000 of 1,000,000 rows of `events`, 1.8 times its share of the ring `main`", finding.Message);
        Assert.StartsWith("millrace ring simulate main --table events", finding.Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Few_rows_and_even_rows_are_no_news()
    {
        Assert.Empty(RingImbalance.Check(Facts(Storage(1, 900), Storage(2, 100))));
        Assert.Empty(RingImbalance.Check(Facts(Storage(1, 600_000), Storage(2, 500_000))));
    }

    [Fact]
    public void A_writer_of_an_earlier_epoch_is_named_with_it()
    {
        var moved = RingedProject.Lock.Next([new(1), new(2, 3)], DateTimeOffset.UnixEpoch, "bob", "bigger");
        var old = Writer("Distributed('data', 'd', 'sharded_events', [0, 1, 0, 1][(sipHash64(id, body) % 4) + 1])");
        var finding = Assert.Single(RingExpressionDiffers.Check(Facts(RingedProject.With(moved), old)));
        Assert.Equal("`d.writable_events` follows epoch 1, the lock file of the ring `main` is at epoch 2", finding.Message);
        Assert.Empty(RingExpressionDiffers.Check(Facts(old)));
    }

    [Fact]
    public void A_writer_that_lists_the_shards_in_another_order_is_an_error()
    {
        var swapped = Writer("") with { Seen = Writer("").Seen with { Clusters = [Member(1, "data-2"), Member(2, "data-1")] } };
        Assert.Equal(2, RingOrder.Check(Facts(swapped)).Count());
        var right = swapped with { Seen = swapped.Seen with { Clusters = [Member(1, "data-1"), Member(2, "data-2")] } };
        Assert.Empty(RingOrder.Check(Facts(right)));
    }

    private static ClusterMember Member(int shard, string host) => new("data", shard, 1, host, "", 9000);

    private static DoctorFacts Facts(params NodeVitals[] nodes) => Facts(RingedProject.With(RingedProject.Lock), nodes);

    private static DoctorFacts Facts(Project project, params NodeVitals[] nodes) => new() { Project = project, Nodes = [.. nodes] };

    private static NodeVitals Storage(int shard, long rows) => Vitals(Projects.Node($"data-{shard}", "data", shard)) is var node
        ? node with { Seen = node.Seen with { Facts = new NodeFacts { Sizes = ImmutableDictionary<ObjectName, TableSize>.Empty.Add(Data, new TableSize(rows, rows)) } } }
        : throw new InvalidOperationException();

    private static NodeVitals Writer(string engine) => Vitals(Projects.Node("ing-1", "events")) is var node
        ? node with { Seen = node.Seen with { Objects = ImmutableDictionary<ObjectName, ObjectShape>.Empty.Add(Writable, new ObjectShape { Name = Writable, Engine = "Distributed", EngineFull = engine }) } }
        : throw new InvalidOperationException();

    private static NodeVitals Vitals(Node node) => new() { Seen = new ObservedNode { Node = node, State = NodeState.Ok } };
}
