using Millrace.Core.Journal;
using Xunit;

namespace Millrace.UnitTests.Core.Journal;

public sealed class JournalTableTests
{
    [Fact]
    public void Replicated_storage_has_one_journal_with_a_replica_per_node()
    {
        Assert.Contains("ENGINE = ReplicatedMergeTree('/clickhouse/tables/millrace/journal', 'data-\\'1')", JournalTable.Create("data-'1"));
        Assert.Contains("ENGINE = MergeTree\n", JournalTable.Create(null));
    }

    [Fact]
    public void What_is_asked_for_is_quoted()
    {
        var filter = new JournalFilter(Node: "n'1", Object: "t'; DROP", Apply: "a'");
        Assert.Contains("startsWith(apply_id, 'a\\'')", JournalTable.SelectApplies(filter));
        Assert.Contains("node = 'n\\'1'", JournalTable.SelectApplies(filter));
        Assert.Contains("endsWith(object, '.t\\'; DROP')", JournalTable.SelectEntries(filter, ["a"]));
    }
}
