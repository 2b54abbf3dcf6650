using Millrace.Core.Lineage;
using Xunit;

namespace Millrace.UnitTests.Core.Lineage;

public sealed class ReachingFunctionTests
{
    [Theory]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n SelectWithUnionQuery (children 1)\n   TableExpression (children 1)\n    Function postgresql (alias x) (children 1)\n", "postgresql")]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n Function remoteSecure (children 1)\n", "remoteSecure")]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n   TableExpression (children 1)\n    Function MySQL (children 1)\n", "mysql")]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n Storage definition (children 1)\n  Function HDFS (children 1)\n", "HDFS")]
    [InlineData("CreateQuery a (children 3)\n Identifier a\n Columns definition (children 1)\n Storage definition (children 1)\n  Function HDFS (children 1)\n", null)]
    [InlineData("CreateQuery a (children 3)\n Identifier a\n Columns definition (children 1)\n Storage definition (children 1)\n  Function AzureBlobStorage (children 1)\n", "AzureBlobStorage")]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n   TableExpression (children 1)\n    Function icebergAzure (children 1)\n     ExpressionList (children 1)\n      Literal 'a UInt8'\n", "icebergAzure")]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n   TableExpression (children 1)\n    Function hdfs (children 1)\n     ExpressionList (children 2)\n      Literal 'hdfs://n/my File.csv'\n      Literal 'CSV'\n", "hdfs")]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n   TableExpression (children 1)\n    Function hdfs (children 1)\n     ExpressionList (children 3)\n      Literal 'hdfs://n/x'\n      Literal 'CSV'\n      Literal 'a UInt8, b Array(String)'\n", null)]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n   TableExpression (children 1)\n    Function hdfs (children 1)\n     ExpressionList (children 2)\n      Literal \\'hdfs://n/x\\'\n      Literal \\'a UInt8\\'\n", null)]
    // An engine, a scalar function, columns that are written down, another statement.
    [InlineData("CreateQuery a (children 3)\n Identifier a\n Storage definition (children 1)\n  Function PostgreSQL (children 1)\n", null)]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n  ExpressionList (children 1)\n   Function remote (children 1)\n", null)]
    [InlineData("CreateQuery a (children 3)\n Identifier a\n Columns definition (children 1)\n   TableExpression (children 1)\n    Function mysql (children 1)\n", null)]
    [InlineData("CreateQuery a (children 4)\n Identifier a\n Columns definition (children 1)\n   TableExpression (children 1)\n    Function mysql (children 1)\n ViewTargets\n", "mysql")]
    [InlineData("AlterQuery a (children 1)\n   TableExpression (children 1)\n    Function mysql (children 1)\n", null)]
    public void A_function_that_connects_for_its_columns_is_found_where_it_is_a_table(string syntax, string? function) =>
        Assert.Equal(function, ReachingFunction.InCreate(syntax));
}
