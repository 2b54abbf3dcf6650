using Millrace.Core.Lineage;
using Xunit;

namespace Millrace.UnitTests.Core.Lineage;

public sealed class WrittenValuesTests
{
    [Fact]
    public void Constants_are_found_and_computed_columns_are_not()
    {
        var values = WrittenValues.Of(QueryTree.Read("""
            QUERY id: 0
              PROJECTION COLUMNS
                id UInt64
                kind String
                size UInt16
              PROJECTION
                LIST id: 1, nodes: 3
                  COLUMN id: 2, column_name: id, result_type: UInt64, source_id: 3
                  CONSTANT id: 4, constant_value: 'a', constant_value_type: String
                  CONSTANT id: 5, constant_value: UInt64_300, constant_value_type: UInt16
              JOIN TREE
                TABLE id: 3, alias: __table1, table_name: default.source
            """));

        Assert.Equal(["kind", "size"], values.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(["'a'"], values["kind"]);
        Assert.Equal(["'300'"], values["size"]);
    }
}
