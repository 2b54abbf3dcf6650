using System.Text.Json;
using Millrace.Engine.Nodes;
using Xunit;

namespace Millrace.UnitTests.Engine.Nodes;

public sealed class RowReaderTests
{
    [Fact]
    public void Values_are_read_in_column_order()
    {
        var row = new RowReader("[\"a\\n\\u0001\", 5, \"18446\", null]\n[\"b\", 0, \"0\", \"x\"]\n"u8);

        Assert.True(row.NextRow());
        Assert.Equal("a\n\u0001", row.Text());
        Assert.True(row.Flag());
        Assert.Equal(18446, row.Integer());
        Assert.Equal("", row.Text());
        Assert.True(row.NextRow());
        Assert.Equal("b", row.Text());
    }

    [Fact]
    public void Values_that_nobody_wants_are_skipped_with_their_arrays()
    {
        var row = new RowReader("[\"a\", [[1, 2], [3]]]\n[\"b\", []]\n"u8);

        row.NextRow();
        Assert.True(row.NextRow());
        Assert.Equal("b", row.Text());
        Assert.False(row.NextRow());
    }

    [Fact]
    public void Nested_tuples_are_walked()
    {
        var row = new RowReader("[[[\"a\", 1], [\"b\", 2]], 7]\n"u8);
        var seen = new List<(string, long)>();

        row.NextRow();
        row.OpenArray();
        while (row.NextItem())
        {
            seen.Add((row.Text(), row.Integer()));
            row.CloseArray();
        }

        Assert.Equal([("a", 1L), ("b", 2L)], seen);
        Assert.Equal(7, row.Integer());
    }

    [Fact]
    public void An_answer_that_stops_within_a_row_is_an_error() => Assert.ThrowsAny<JsonException>(() =>
    {
        var row = new RowReader("[\"a\", "u8);
        row.NextRow();
        row.Text();
        row.Text();
    });
}
