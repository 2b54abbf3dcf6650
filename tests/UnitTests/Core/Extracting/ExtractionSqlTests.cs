using Millrace.Core.Extracting;
using Millrace.Core.Model;
using Xunit;

namespace Millrace.UnitTests.Core.Extracting;

public sealed class ExtractionSqlTests
{
    private static readonly ExtractedColumn Browser = new("mat_browser", "$browser");
    private static readonly ExtractedColumn Duration = new("mat_duration", "$duration", "Float64");
    private static readonly ExtractedColumn City = new("city", "it's", "Nullable(String)");

    [Fact]
    public void Columns_alone_come_from_a_tuple()
    {
        var select = ExtractionSql.Render(new Extraction("properties", [Browser, Duration, City]), "properties");

        Assert.Equal(2, select.With.Length);
        Assert.StartsWith("if(position(properties, ", select.With[0], StringComparison.Ordinal);
        Assert.EndsWith(", properties) AS _json_plain", select.With[0], StringComparison.Ordinal);
        Assert.Equal(
            """
            JSONExtract(_json_plain, concat('Tuple(',
                    '`$browser` String',
                    ', `$duration` String',
                    ', `it\'s` Nullable(String)',
                    ')')) AS _json
            """,
            select.With[1]);
        Assert.Equal(
            [
                new("mat_browser", "String", "tupleElement(_json, '$browser')"),
                new("mat_duration", "Float64", "accurateCastOrDefault(tupleElement(_json, '$duration'), 'Float64')"),
                new("city", "Nullable(String)", """nullIf(tupleElement(_json, 'it\'s'), 'null')"""),
            ],
            select.Columns);
    }

    [Fact]
    public void Columns_beside_a_map_come_from_the_map()
    {
        var select = ExtractionSql.Render(new Extraction("properties", [Browser, Duration], "rest", ["$os", "it's"]), "properties");

        var map = Assert.Single(select.With);
        Assert.StartsWith("CAST(if(position(properties, ", map, StringComparison.Ordinal);
        Assert.EndsWith(", 'Map(String, String)') AS _json_map", map, StringComparison.Ordinal);
        Assert.Equal(
            [
                new("mat_browser", "String", "_json_map['$browser']"),
                new("mat_duration", "Float64", "accurateCastOrDefault(_json_map['$duration'], 'Float64')"),
                new("rest", "Map(String, String)", """mapFilter((k, v) -> k IN ('$os', 'it\'s'), _json_map)"""),
            ],
            select.Columns);
    }

    [Fact]
    public void A_new_property_adds_lines_and_changes_none()
    {
        var before = Lines(new Extraction("properties", [Browser, Duration]));
        var after = Lines(new Extraction("properties", [Browser, Duration, City]));
        Assert.Empty(before.Except(after));
        Assert.Equal(2, after.Except(before).Count());
    }

    [Fact]
    public void Beside_a_map_a_new_property_is_one_line()
    {
        var before = Lines(new Extraction("properties", [Browser], "rest"));
        var after = Lines(new Extraction("properties", [Browser, City], "rest"));
        Assert.Empty(before.Except(after));
        Assert.Single(after.Except(before));
    }

    [Fact]
    public void Blocks_are_cut_only_where_something_is_extracted()
    {
        var select = ExtractionSql.Render(new Extraction("properties", [Browser]), "properties");
        Assert.Equal("db.t CROSS JOIN (SELECT 1 AS _json_piece) AS _json_pieces", select.From("db.t"));
        Assert.Equal("SETTINGS max_joined_block_size_rows = 512", select.Settings);
        Assert.Equal("db.t", ExtractionSelect.None.From("db.t"));
        Assert.Null(ExtractionSelect.None.Settings);
        Assert.Same(ExtractionSelect.None, ExtractionSql.Render(new Extraction("properties", []), "properties"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public void A_key_that_no_tuple_can_hold_takes_the_way_over_the_map(string key)
    {
        var select = ExtractionSql.Render(new Extraction("p", [Browser, new("odd", key)]), "p");
        Assert.Equal($"_json_map['{key}']", select.Columns[1].Sql);
    }

    [Fact]
    public void One_key_may_feed_several_columns()
    {
        var select = ExtractionSql.Render(new Extraction("p", [Browser, new("again", "$browser", "Nullable(String)")]), "p");
        Assert.Contains("'`$browser` Nullable(String)',", select.With[1]);
        Assert.Equal("ifNull(tupleElement(_json, '$browser'), '')", select.Columns[0].Sql);
        Assert.Equal("nullIf(tupleElement(_json, '$browser'), 'null')", select.Columns[1].Sql);
    }

    [Fact]
    public void Keys_cannot_leave_their_quotes()
    {
        var select = ExtractionSql.Render(new Extraction("p", [new("c", "a`b\\'\n")]), "p");
        Assert.Contains("""'`a\\`b\\\\\'\\n` String',""", select.With[1]);
        Assert.Equal("""tupleElement(_json, 'a`b\\\'\n')""", select.Columns[0].Sql);
    }

    [Fact]
    public void A_column_added_later_reads_the_map()
    {
        var extraction = new Extraction("properties", [], "rest");
        Assert.Equal("rest['$browser']", ExtractionSql.Later(extraction, Browser));
        Assert.Equal("accurateCastOrDefault(rest['$duration'], 'Float64')", ExtractionSql.Later(extraction, Duration));
    }

    [Fact]
    public void A_column_added_later_needs_a_map_with_its_key()
    {
        Assert.Null(ExtractionSql.Later(new Extraction("properties", []), Browser));
        Assert.Null(ExtractionSql.Later(new Extraction("properties", [], "rest", ["$os"]), Browser));
        Assert.NotNull(ExtractionSql.Later(new Extraction("properties", [], "rest", ["$browser"]), Browser));
    }

    [Theory]
    [InlineData("String", "rest['k']")]
    [InlineData("Nullable(String)", "if(mapContains(rest, 'k'), nullIf(rest['k'], 'null'), NULL)")]
    [InlineData("LowCardinality(String)", "CAST(rest['k'], 'LowCardinality(String)')")]
    [InlineData("Bool", "accurateCastOrDefault(rest['k'], 'Bool')")]
    [InlineData("DateTime64(3, 'UTC')", @"CAST(parseDateTime64BestEffortOrZero(replaceRegexpOne(rest['k'], '^.{0,8}$', ''), 9, 'UTC'), 'DateTime64(3, \'UTC\')')")]
    [InlineData("DateTime", "CAST(parseDateTime64BestEffortOrZero(replaceRegexpOne(rest['k'], '^.{0,8}$', ''), 9), 'DateTime')")]
    [InlineData("Array(String)", "JSONExtract(rest['k'], 'Array(String)')")]
    [InlineData("Nullable(Int64)", "accurateCastOrNull(if(mapContains(rest, 'k'), nullIf(rest['k'], 'null'), NULL), 'Int64')")]
    [InlineData("Enum8('a' = 1)", @"ifNull(JSONExtract(toJSONString(rest['k']), 'Nullable(Enum8(\'a\' = 1))'), defaultValueOfTypeName('Enum8(\'a\' = 1)'))")]
    public void A_type_has_one_conversion(string type, string sql) =>
        Assert.Equal(sql, ExtractionSql.Later(new Extraction("p", [], "rest"), new("c", "k", type)));

    private static List<string> Lines(Extraction extraction)
    {
        var select = ExtractionSql.Render(extraction, extraction.From);
        return [.. string.Join("\n", [.. select.With, .. select.Columns.Select(c => $"{c.Sql} AS {c.Name}")]).Split('\n')];
    }
}
