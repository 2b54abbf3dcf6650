using Millrace.Core.Compile;
using Millrace.Core.Model;
using Millrace.Core.Planning;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class TablePlannerTests
{
    private static readonly PlanOptions Generous = new() { AllowDestroy = ["t"], AllowRewrite = ["t"] };

    private static ObjectPlan Plan(ObjectShape wanted, ObjectShape observed, PlanOptions? options = null) =>
        new TablePlanner(Shapes.Declare(wanted, "data", ObjectPurpose.Schema), RoleKind.Storage, options ?? new PlanOptions()).Plan(observed);

    private static ObjectShape With(string columns) => Shapes.Table("t", "MergeTree", columns);

    private static ObjectShape WithColumn(ColumnShape column)
    {
        var table = With("id:UInt64");
        return table with { Columns = table.Columns.Add(column), CreateQuery = $"{table.CreateQuery} {column}" };
    }

    /// <summary>One way for an object to differ in each property, for every kind of object.</summary>
    public static TheoryData<string, string> Mutations => new MatrixTheoryData<string, string>(
        ["MergeTree", "Distributed", "Kafka", "View", "Dictionary", "MaterializedView", "Null", "EmbeddedRocksDB"],
        ["Engine", "EngineFull", "Columns", "ColumnOrder", "AsSelect", "Target", "Comment", "CreateQuery"]);

    [Theory]
    [MemberData(nameof(Mutations))]
    public void A_difference_in_any_property_is_planned_or_refused_never_overlooked(string engine, string property)
    {
        var shape = engine == "MaterializedView" ? Shapes.View("t", "target") : Shapes.Table("t", engine, "id:UInt64 body:String");
        var observed = property switch
        {
            "Engine" => shape with { Engine = "Log" },
            "EngineFull" => shape with { EngineFull = $"{engine}(1) ORDER BY id" },
            "Columns" => shape with { Columns = [.. shape.Columns, new ColumnShape("more", "String")] },
            "ColumnOrder" => shape with { Columns = [.. shape.Columns.Reverse()] },
            "AsSelect" => shape with { AsSelect = "SELECT 2" },
            "Target" => shape with { Target = Shapes.Name("elsewhere") },
            "Comment" => shape with { Comment = "" },
            _ => shape with { CreateQuery = "CREATE with an index" },
        };
        if (observed.Equals(shape))
            return; // One column has no order.
        var plan = Plan(shape, observed);
        Assert.True(plan.Steps.Length + plan.Refusals.Length + plan.Held.Length > 0, $"{property} of {engine} is overlooked");
    }

    [Fact]
    public void Every_property_of_a_shape_has_a_mutation()
    {
        var known = Mutations.Select(row => row.Data.Item2).ToHashSet();
        Assert.All(
            typeof(ObjectShape).GetProperties().Where(p => p.Name is not (nameof(ObjectShape.Name) or "EqualityContract")),
            property => Assert.Contains(property.Name, known));
    }

    [Fact]
    public void A_missing_table_is_created() =>
        Assert.Equal(StepAction.Create, Assert.Single(Plan(With("a:UInt8"), null!).Steps).Action);

    [Fact]
    public void A_new_column_is_added_before_anything_writes_it()
    {
        var step = Assert.Single(Plan(With("a:UInt8 b:UInt8"), With("a:UInt8")).Steps);
        Assert.Equal((Phase.ExpandStorage, Risk.Safe), (step.Phase, step.Risk));
    }

    [Fact]
    public void Dropping_a_column_is_held_back_until_it_is_allowed_and_then_comes_last()
    {
        var (wide, narrow) = (With("a:UInt8 b:UInt8"), With("a:UInt8"));
        var held = Plan(narrow, wide);
        Assert.Empty(held.Steps);
        Assert.Equal("column b", Assert.Single(held.Held).What);
        var step = Assert.Single(Plan(narrow, wide, Generous).Steps);
        Assert.Equal((Phase.ContractStorage, Risk.Destroys), (step.Phase, step.Risk));
    }

    [Fact]
    public void An_alias_has_no_values_so_it_leaves_without_asking_but_after_its_readers()
    {
        var step = Assert.Single(Plan(With("id:UInt64"), WithColumn(new("day", "Date", "ALIAS", "today()"))).Steps);
        Assert.Equal((Phase.ContractStorage, Risk.Safe), (step.Phase, step.Risk));
    }

    [Fact]
    public void A_stored_column_that_becomes_an_alias_loses_its_values() =>
        Assert.Equal("MR154", Assert.Single(Plan(WithColumn(new("day", "Date", "ALIAS", "today()")), WithColumn(new("day", "Date"))).Refusals).Code);

    [Theory]
    [InlineData("UInt8", "UInt64", "MR153")]
    [InlineData("UInt64", "UInt8", "MR154")]
    [InlineData("String", "UInt8", "MR154")]
    [InlineData("DateTime", "Date", "MR154")]
    public void Another_type_is_refused_until_it_is_allowed(string from, string to, string code)
    {
        var (old, wanted) = (WithColumn(new("x", from)), WithColumn(new("x", to)));
        Assert.Equal(code, Assert.Single(Plan(wanted, old).Refusals).Code);
        Assert.Single(Plan(wanted, old, Generous).Steps);
    }

    [Theory]
    [InlineData("", " TTL time + toIntervalDay(30)", true)]
    [InlineData(" TTL time + toIntervalDay(30)", " TTL time + toIntervalDay(7)", true)]
    [InlineData(" TTL time + toIntervalDay(30)", " TTL other + toIntervalDay(30)", true)]
    [InlineData(" TTL time + toIntervalDay(30)", " TTL time + toIntervalDay(90)", false)]
    [InlineData(" TTL time + toIntervalDay(30)", "", false)]
    public void A_ttl_that_may_delete_rows_must_be_allowed(string now, string then, bool deletes)
    {
        var (old, wanted) = (Table(now), Table(then));
        Assert.Equal(deletes ? ["MR154"] : [], Plan(wanted, old).Refusals.Select(finding => finding.Code));
        Assert.Equal(deletes ? Risk.Destroys : Risk.Safe, Assert.Single(Plan(wanted, old, Generous).Steps).Risk);

        static ObjectShape Table(string ttl) => Shapes.Table("t", "MergeTree", engineFull: $"MergeTree ORDER BY id{ttl} SETTINGS index_granularity = 8192");
    }

    [Fact]
    public void A_view_that_keeps_its_rows_itself_is_not_made_anew()
    {
        var inner = Shapes.View("t", "target") with { Target = null, EngineFull = "SummingMergeTree ORDER BY id" };
        Assert.Equal("MR150", Assert.Single(Plan(Shapes.View("t", "target"), inner).Refusals).Code);
        Assert.Equal("MR150", Assert.Single(Plan(inner with { EngineFull = "MergeTree ORDER BY id" }, inner).Refusals).Code);
    }

    [Fact]
    public void An_object_without_a_mark_is_adopted_by_its_comment_alone()
    {
        var step = Assert.Single(Plan(With("a:UInt8"), With("a:UInt8") with { Comment = "" }).Steps);
        Assert.Equal([$"ALTER TABLE d.t MODIFY COMMENT '{Shapes.Mine}'"], step.Statements);
        Assert.Contains("adopted", step.Reason, StringComparison.Ordinal);
    }
}
