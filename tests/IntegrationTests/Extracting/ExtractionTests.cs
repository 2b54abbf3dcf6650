using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Extracting;
using Millrace.Core.Model;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;
using Xunit;

namespace Millrace.IntegrationTests.Extracting;

/// <summary>The generated extraction against the published recipe, on a real server, over documents of every kind.</summary>
public sealed class ExtractionTests(DocumentFixture server) : IClassFixture<DocumentFixture>
{
    private static readonly string[] Types =
    [
        "String", "LowCardinality(String)", "FixedString(4)", "Int8", "UInt64", "Int64", "Int256", "Float32", "Float64",
        "Decimal(9, 2)", "Bool", "Date", "Date32", "DateTime", "DateTime('UTC')", "DateTime64(3, 'UTC')", "UUID", "IPv4",
        "IPv6", "Enum8('a' = 1, 'Chrome' = 2)", "Array(String)", "Array(Nullable(Float64))", "Map(String, String)",
        "Tuple(x Float64, y Array(String))", "LowCardinality(Nullable(String))", "Nullable(String)", "Nullable(FixedString(4))",
        "Nullable(Int8)", "Nullable(Int64)", "Nullable(Float64)", "Nullable(Decimal(9, 2))", "Nullable(Bool)", "Nullable(Date)",
        "Nullable(DateTime)", "Nullable(DateTime64(6, 'UTC'))", "Nullable(UUID)", "Nullable(IPv4)", "Nullable(Enum8('a' = 1))",
    ];

    private readonly INodeConnection connection = server.Connection;
    private readonly DocumentTable documents = server.Documents;

    [Fact]
    public async Task Columns_alone_have_exactly_the_recipes_texts() => await CompareAsync(null);

    [Fact]
    public async Task Columns_beside_a_map_have_exactly_the_recipes_texts() => await CompareAsync("rest");

    [Fact]
    public async Task The_map_has_every_property_with_exactly_the_recipes_text()
    {
        var select = ExtractionSql.Render(new Extraction("p", [], "rest"), "p");
        var map = select.Columns[0].Sql;
        await documents.AssertEqualAsync(
            select,
            "doc",
            [
                new("keys", $"mapKeys({map})", "JSONExtractKeys(p)"),
                .. JsonDocuments.Keys.Append("").Append("null")
                    .Select(key => new Comparison(key, $"{map}[{Quote.Text(key)}]", DocumentTable.Recipe(key))),
            ]);
    }

    [Fact]
    public async Task A_filtered_map_has_the_wanted_properties_only()
    {
        var select = ExtractionSql.Render(new Extraction("p", [], "rest", ["a", "it's"]), "p");
        await documents.AssertEqualAsync(
            select, "doc", new Comparison("keys", $"mapKeys({select.Columns[0].Sql})", "arrayFilter(k -> k IN ('a', 'it\\'s'), JSONExtractKeys(p))"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    public async Task A_key_that_cannot_name_a_tuple_element_is_extracted_all_the_same(string key)
    {
        var select = ExtractionSql.Render(new Extraction("p", [new("a", "a"), new("odd", key)]), "p");
        await documents.AssertEqualAsync(select, "doc", new Comparison(key, select.Columns[1].Sql, DocumentTable.Recipe(key)));
    }

    [Fact]
    public async Task Every_type_is_the_same_conversion_of_the_same_text_and_never_throws()
    {
        ImmutableArray<ExtractedColumn> columns = [.. Types.Select((type, i) => new ExtractedColumn($"c{i}", "a", type))];
        var alone = ExtractionSql.Render(new Extraction("p", columns), "p");
        var beside = ExtractionSql.Render(new Extraction("p", columns, "rest"), "p");
        await documents.AssertEqualAsync(
            alone with { With = [.. alone.With, .. beside.With] },
            "doc",
            alone.Columns.Zip(beside.Columns, (a, b) => new Comparison(a.Type, a.Sql, b.Sql)));
        await documents.AssertEqualAsync(alone, "doc", alone.Columns.Select(TypeComparison));
        await documents.AssertEqualAsync(beside, "doc", beside.Columns.SkipLast(1).Select(TypeComparison));
    }

    [Fact]
    public async Task A_type_means_the_conversion_that_the_documentation_says()
    {
        (string Type, string Expected)[] meanings =
        [
            ("Nullable(String)", "if(JSONHas(p, 'a'), nullIf(RECIPE, 'null'), NULL)"),
            ("Float64", "toFloat64OrZero(RECIPE)"),
            ("Nullable(Float64)", "toFloat64OrNull(RECIPE)"),
            ("Int64", "toInt64OrZero(RECIPE)"),
            ("Nullable(Int8)", "toInt8OrNull(RECIPE)"),
            ("UUID", "toUUIDOrZero(RECIPE)"),
            ("Nullable(Bool)", "transform(RECIPE, ['true', 'false', '1', '0'], [true, false, true, false], NULL)"),
            ("LowCardinality(String)", "toLowCardinality(RECIPE)"),
            ("DateTime64(3, 'UTC')", "if(length(RECIPE) > 8, parseDateTime64BestEffortOrZero(RECIPE, 3, 'UTC'), toDateTime64(0, 3, 'UTC'))"),
        ];
        var select = ExtractionSql.Render(new Extraction("p", [.. meanings.Select((m, i) => new ExtractedColumn($"c{i}", "a", m.Type))]), "p");
        await documents.AssertEqualAsync(
            select,
            "doc",
            meanings.Zip(select.Columns, (m, column) => new Comparison(m.Type, column.Sql, m.Expected.Replace("RECIPE", DocumentTable.Recipe("a")))));
    }

    [Fact]
    public async Task A_column_added_later_reads_old_rows_from_their_map()
    {
        var extraction = new Extraction("p", [], "rest");
        var select = ExtractionSql.Render(extraction, "p");
        ImmutableArray<ExtractedColumn> columns = [.. Types.Select((type, i) => new ExtractedColumn($"late{i}", "a", type))];
        await RunAsync("CREATE OR REPLACE TABLE stored (p String, rest Map(String, String)) ENGINE = MergeTree ORDER BY tuple()");
        await RunAsync($"INSERT INTO stored WITH {string.Join(", ", select.With)} SELECT p, {select.Columns[0].Sql} FROM {select.From("doc")}");
        foreach (var column in columns)
            await RunAsync($"ALTER TABLE stored ADD COLUMN {column.Name} {column.Type} DEFAULT {ExtractionSql.Later(extraction, column)}");
        var direct = ExtractionSql.Render(new Extraction("p", columns), "p");
        await documents.AssertEqualAsync(
            direct, "stored", direct.Columns.Select(column => new Comparison(column.Type, column.Name, column.Sql)));
    }

    [Fact]
    public async Task A_view_gets_large_blocks_in_pieces_that_fit_the_cache_and_writes_one_part()
    {
        var select = ExtractionSql.Render(new Extraction("p", [new("a", "a")]), "p");
        await RunAsync("CREATE OR REPLACE TABLE arriving (p String, _error String) ENGINE = Null");
        await RunAsync("CREATE OR REPLACE TABLE arrived (a String, rows UInt64) ENGINE = MergeTree ORDER BY tuple()");
        await RunAsync($"""
            CREATE MATERIALIZED VIEW arriving_mv TO arrived AS WITH {string.Join(", ", select.With)}
            SELECT {select.Columns[0].Sql} AS a, blockSize() AS rows FROM {select.From("arriving")} WHERE length(_error) = 0 {select.Settings}
            """);
        await RunAsync("""
            INSERT INTO arriving SELECT concat('{"a":"', repeat('x', 1000), '"}'), if(number % 100 = 7, 'poison', '') FROM numbers(60000)
            """);
        Assert.Equal("59400\t1\t1", await AskAsync("SELECT count(), max(rows) <= 513, countDistinct(_part) FROM arrived"));
    }

    private async Task CompareAsync(string? rest)
    {
        ImmutableArray<ExtractedColumn> columns = [.. JsonDocuments.Keys.Select((key, i) => new ExtractedColumn($"c{i}", key))];
        var select = ExtractionSql.Render(new Extraction("p", columns, rest), "p");
        await documents.AssertEqualAsync(
            select, "doc", columns.Zip(select.Columns, (column, ours) => new Comparison(column.Key, ours.Sql, DocumentTable.Recipe(column.Key))));
    }

    private static Comparison TypeComparison(ExtractedExpression column) =>
        new(column.Type, $"toTypeName({column.Sql})", $"toTypeName(defaultValueOfTypeName({Quote.Text(column.Type)}))");

    private Task RunAsync(string sql) => connection.ExecuteAsync(sql, cancel: TestContext.Current.CancellationToken);

    private async Task<string> AskAsync(string sql) =>
        Encoding.UTF8.GetString(await connection.QueryAsync(sql, cancel: TestContext.Current.CancellationToken)).TrimEnd();
}
