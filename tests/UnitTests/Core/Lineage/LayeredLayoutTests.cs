using Millrace.Core.Lineage;
using Xunit;

namespace Millrace.UnitTests.Core.Lineage;

public sealed class LayeredLayoutTests
{
    [Fact]
    public void Edges_lead_from_left_to_right() =>
        Assert.Equal(["a | b | c"], Layers("a > b, b > c"));

    [Fact]
    public void An_edge_over_several_layers_bends_in_each_of_them() =>
        Assert.Equal(["a | a>d b | a>d c | d"], Layers("a > b, b > c, c > d, a > d").Select(Sorted));

    [Fact]
    public void What_is_only_looked_up_stands_next_to_what_looks_it_up() =>
        Assert.Equal(["a | b | c dim | d"], Layers("a > b, b > c, c > d, dim > d").Select(Sorted));

    [Fact]
    public void A_circle_has_layers_too() =>
        Assert.Equal(3, LayeredLayout.Of(Graphs.Of("a > b, b > c, c > a")).Single().Layers.Length);

    [Fact]
    public void Edges_that_need_not_cross_do_not() =>
        Assert.Equal(["a1 a2 a3 | b1 b2 b3"], Layers("a1 > b1, a2 > b2, a3 > b3, a1 > b2, a2 > b3").Select(line => line));

    [Fact]
    public void Parts_that_do_not_hang_together_stand_apart_the_largest_first() =>
        Assert.Equal(["x | y | z", "a | b"], Layers("a > b, x > y, y > z"));

    private static IEnumerable<string> Layers(string edges) =>
        LayeredLayout.Of(Graphs.Of(edges)).Select(part => string.Join(" | ", part.Layers.Select(layer => string.Join(' ', layer.Select(item => item.To.Length == 0 ? item.Node : $"{item.Node}>{item.To}")))));

    private static string Sorted(string line) =>
        string.Join(" | ", line.Split(" | ").Select(layer => string.Join(' ', layer.Split(' ').Order(StringComparer.Ordinal))));
}
