using Millrace.Core.Lineage;
using Xunit;

namespace Millrace.UnitTests.Core.Lineage;

public sealed class ReachingFunctionTests
{
    [Theory]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n SelectWithUnionQuery (children 1)\n   TableExpression (children 1)\n    Function postgresql (alias x) (children 1)\n", "postgresql")]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n Function remoteSecure (children 1)\n", "remoteSecure")]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n   TableExpression (children 1)\n    Function MySQL (children 1)\n", "mysql")]
    // An engine, a scalar function, columns that are written down, another statement.
    [InlineData("CreateQuery a (children 3)\n Identifier a\n Storage definition (children 1)\n  Function PostgreSQL (children 1)\n", null)]
    [InlineData("CreateQuery a (children 2)\n Identifier a\n  ExpressionList (children 1)\n   Function remote (children 1)\n", null)]
    [InlineData("CreateQuery a (children 3)\n Identifier a\n Columns definition (children 1)\n   TableExpression (children 1)\n    Function mysql (children 1)\n", null)]
    [InlineData("CreateQuery a (children 4)\n Identifier a\n Columns definition (children 1)\n   TableExpression (children 1)\n    Function mysql (children 1)\n ViewTargets\n", "mysql")]
    [InlineData("AlterQuery a (children 1)\n   TableExpression (children 1)\n    Function mysql (children 1)\n", null)]
    public void A_function_that_connects_for_its_columns_is_found_where_it_is_a_table(string syntax, string? function) =>
        Assert.Equal(function, ReachingFunction.InCreate(syntax));
}
