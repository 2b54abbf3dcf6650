using Millrace.Core.Lineage;
using Xunit;

namespace Millrace.UnitTests.Core.Lineage;

public sealed class ImpactTests
{
    private static readonly LineageGraph Stream = Graphs.Of(
        "source > view, view > target, target > read, other > view",
        "source.amount > view.total, view.total > target.total, target.total > read.total, source.kind ? view, source.name > view.name, view.name > target.name");

    [Fact]
    public void A_table_reaches_everything_behind_it() =>
        Assert.Equal(["1 view", "2 target", "3 read"], Lines("source", up: false));

    [Fact]
    public void A_column_reaches_only_what_is_made_of_it() =>
        Assert.Equal(["1 view total", "2 target total", "3 read total"], Lines("db.source.amount", up: false));

    [Fact]
    public void A_column_that_is_filtered_by_decides_about_all_rows_behind_it() =>
        Assert.Equal(["1 view rows", "2 target rows", "3 read rows"], Lines("source.kind", up: false));

    [Fact]
    public void Upstream_of_a_column_are_its_values_and_what_decides_about_its_rows() =>
        Assert.Equal(["1 target total", "2 view total", "3 source amount (kind)"], Lines("read.total", up: true));

    [Fact]
    public void The_path_leads_from_the_source_to_the_end() =>
        Assert.Equal(
            ["db.source.amount", "db.view.total", "db.target.total", "db.read.total"],
            Impact.Of(Stream, Selection.Find(Stream, "read.total")!, up: true).Last().Path);

    [Fact]
    public void A_circle_ends() =>
        Assert.Equal(["1 b", "2 c"], Lines("a", up: false, Graphs.Of("a > b, b > c, c > a")));

    [Theory]
    [InlineData("sorce", "source")]
    [InlineData("db.source.amont", "db.source.amount")]
    public void A_misspelt_name_is_guessed(string written, string meant)
    {
        Assert.Null(Selection.Find(Stream, written));
        Assert.Equal(meant, Selection.Suggest(Stream, written));
    }

    private static IEnumerable<string> Lines(string start, bool up, LineageGraph? graph = null) =>
        from item in Impact.Of(graph ?? Stream, Selection.Find(graph ?? Stream, start)!, up)
        let deciding = item.Deciding.IsEmpty ? "" : $" ({string.Join(' ', item.Deciding)})"
        select $"{item.Steps} {item.Node.Id} {string.Join(' ', item.Columns)}{deciding}{(item.Rows ? "rows" : "")}".TrimEnd();
}
