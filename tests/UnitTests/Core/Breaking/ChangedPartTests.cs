using Millrace.Core.Breaking;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.Breaking;

public sealed class ChangedPartTests
{
    [Fact]
    public void Of_a_few_objects_all_that_has_to_do_with_each_other_is_taken() =>
        Assert.Contains("kafka_s1", new ChangedPart([.. Fleet(streams: 2)]).Of(["kafka_s0"]));

    [Fact]
    public void Of_many_streams_with_one_error_table_only_the_changed_one_is_taken()
    {
        var part = new ChangedPart([.. Fleet(streams: 50)]).Of(["kafka_s7"]);
        Assert.Equal(
            ["errors", "kafka_s7", "rollup", "rollup_mv", "s7", "s7_errors_mv", "s7_mv", "sharded_errors", "sharded_s7", "writable_errors", "writable_s7"],
            part.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void What_writes_into_a_changed_table_is_taken_with_what_it_reads()
    {
        var part = new ChangedPart([.. Fleet(streams: 50)]).Of(["sharded_s7"]);
        Assert.Superset(new HashSet<string>(["kafka_s7", "s7_mv", "writable_s7", "s7", "rollup_mv"]), part.ToHashSet());
        Assert.DoesNotContain("kafka_s8", part);
    }

    private static IEnumerable<ObjectShape> Fleet(int streams)
    {
        yield return Table("sharded_errors", "MergeTree", "");
        yield return Table("writable_errors", "Distributed", "sharded_errors");
        yield return Table("errors", "Distributed", "sharded_errors");
        yield return Table("rollup", "MergeTree", "");
        yield return View("rollup_mv", "sharded_s7", "rollup");
        for (var i = 0; i < streams; i++)
        {
            yield return Table($"sharded_s{i}", "MergeTree", "");
            yield return Table($"s{i}", "Distributed", $"sharded_s{i}");
            yield return Table($"writable_s{i}", "Distributed", $"sharded_s{i}");
            yield return Table($"kafka_s{i}", "Kafka", "");
            yield return View($"s{i}_mv", $"kafka_s{i}", $"writable_s{i}");
            yield return View($"s{i}_errors_mv", $"kafka_s{i}", "writable_errors");
        }
    }

    private static ObjectShape Table(string name, string engine, string behind) =>
        new() { Name = new ObjectName("d", name), Engine = engine, CreateQuery = $"CREATE TABLE d.{name} ENGINE = {engine}({behind})" };

    private static ObjectShape View(string name, string source, string target) => new()
    {
        Name = new ObjectName("d", name), Engine = "MaterializedView", Target = new ObjectName("d", target),
        CreateQuery = $"CREATE MATERIALIZED VIEW d.{name} TO d.{target} AS SELECT * FROM d.{source}",
    };
}
