using Millrace.Core.Lineage;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Lineage;

/// <summary>Texts as ClickHouse 26.7 prints them; the engine itself is asked in the integration tests.</summary>
public sealed class ColumnTracerTests
{
    private const string JoinWithMembership = """
        QUERY id: 0
          PROJECTION COLUMNS
            odd out UInt8
            dv String
          PROJECTION
            LIST id: 1, nodes: 2
              COLUMN id: 2, column_name: odd name, result_type: UInt8, source_id: 3
              FUNCTION id: 4, function_name: dictGet, function_type: ordinary, result_type: String
                ARGUMENTS
                  LIST id: 5, nodes: 3
                    CONSTANT id: 6, constant_value: 'x.dic', constant_value_type: String
                    CONSTANT id: 7, constant_value: 'v', constant_value_type: String
                    COLUMN id: 8, column_name: a, result_type: Int64, source_id: 3
          JOIN TREE
            JOIN id: 9, strictness: ALL, kind: LEFT
              LEFT TABLE EXPRESSION
                TABLE id: 3, alias: __table1, table_name: x.e
              RIGHT TABLE EXPRESSION
                TABLE id: 10, alias: __table2, table_name: x.`d.d`
              JOIN EXPRESSION
                FUNCTION id: 11, function_name: equals, function_type: ordinary, result_type: UInt8
                  ARGUMENTS
                    LIST id: 12, nodes: 2
                      COLUMN id: 8, column_name: a, result_type: Int64, source_id: 3
                      COLUMN id: 13, column_name: k, result_type: Int64, source_id: 10
          WHERE
            FUNCTION id: 14, function_name: in, function_type: ordinary, result_type: UInt8
              ARGUMENTS
                LIST id: 15, nodes: 2
                  COLUMN id: 8, column_name: a, result_type: Int64, source_id: 3
                  TABLE id: 16, alias: __table3, table_name: x.allowed
        """;

    private const string UnionInside = """
        QUERY id: 0
          PROJECTION COLUMNS
            q Int64
          PROJECTION
            LIST id: 1, nodes: 1
              COLUMN id: 2, column_name: a, result_type: Int64, source_id: 3
          JOIN TREE
            UNION id: 3, alias: __table1, is_subquery: 1, union_mode: UNION_ALL
              QUERIES
                LIST id: 7, nodes: 2
                  QUERY id: 8, alias: __table2
                    PROJECTION COLUMNS
                      a Int64
                    PROJECTION
                      LIST id: 9, nodes: 1
                        COLUMN id: 10, column_name: a, result_type: Int64, source_id: 11
                    JOIN TREE
                      TABLE id: 11, alias: __table3, table_name: x.e
                  QUERY id: 12, alias: __table4
                    PROJECTION COLUMNS
                      k Int64
                    PROJECTION
                      LIST id: 13, nodes: 1
                        COLUMN id: 14, column_name: k, result_type: Int64, source_id: 15
                    JOIN TREE
                      TABLE id: 15, alias: __table5, table_name: x.d
        """;

    [Fact]
    public void Values_lookups_and_conditions_are_told_apart() =>
        Assert.Equal(
            [
                " <- x.allowed. Indirect", " <- x.d.d.k Indirect", " <- x.e.a Indirect",
                "dv <- x.dic.v Lookup", "dv <- x.e.a Direct", "odd out <- x.e.odd name Direct",
            ],
            Trace(JoinWithMembership));

    [Fact]
    public void A_column_of_a_union_comes_from_the_same_place_of_each_member() =>
        Assert.Equal(["q <- x.d.k Direct", "q <- x.e.a Direct"], Trace(UnionInside));

    [Fact]
    public void An_empty_answer_has_no_columns() => Assert.Empty(Trace(""));

    private static IEnumerable<string> Trace(string text) =>
        ColumnTracer.Trace(QueryTree.Read(text), name => new ObjectName("x", name.Split('.')[^1]))
            .Select(origin => $"{origin.Output} <- {origin.Source}.{origin.Column} {origin.Kind}")
            .Order(StringComparer.Ordinal);
}
