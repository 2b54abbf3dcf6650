using Millrace.Engine.Lab;
using Xunit;

namespace Millrace.UnitTests.Engine.Lab;

public sealed class PresumedNamesTests
{
    [Fact]
    public void What_only_the_servers_of_a_schema_have_is_found_by_its_words()
    {
        var names = PresumedNames.Of(
        [
            "CREATE TABLE a (id UInt64) ENGINE = ReplicatedMergeTree('/t/{layer}/{uuid}', '{replica}') ORDER BY id TTL at + INTERVAL 1 DAY TO VOLUME 'cold' SETTINGS storage_policy = 'tiered'",
            "CREATE DICTIONARY d (id UInt64) PRIMARY KEY id SOURCE(CLICKHOUSE(TABLE 'a' USER 'reader' PASSWORD 'x'))",
            "CREATE MATERIALIZED VIEW v TO a AS SELECT * FROM `system`.query_log WHERE match(x, '\\\\d{2}')",
            "ALTER TABLE a MODIFY TTL at TO DISK 'slow'",
        ]);

        Assert.Equal(["layer", "replica", "uuid"], names.Macros);
        Assert.Equal(["reader"], names.Users);
        Assert.Equal(["tiered"], names.StoragePolicies);
        Assert.Equal(["cold"], names.Volumes);
        Assert.Equal(["slow"], names.Disks);
        Assert.Equal(["query_log"], names.Logs);
    }

    [Theory]
    [InlineData("CREATE TABLE a (x Int8) ENGINE = ReplicatedMergeTree", "a")]
    [InlineData("create table if not exists `my db`.\"a\" (x Int8) ENGINE = ReplicatedMergeTree", "\"a\"")]
    public void A_replica_gets_an_identity_after_its_name(string sql, string name) =>
        Assert.Matches($"{name} UUID '[0-9a-f-]{{36}}' ", LabSql.WithIdentity(sql));

    [Theory]
    [InlineData("CREATE TABLE a (x Int8) ENGINE = MergeTree")]
    [InlineData("CREATE TABLE a UUID '61f0c404-5cb3-11e7-907b-a6006ad3dba0' (x Int8) ENGINE = ReplicatedMergeTree")]
    [InlineData("CREATE MATERIALIZED VIEW a ENGINE = ReplicatedMergeTree AS SELECT 1")]
    public void Anything_else_stays_as_it_is(string sql) => Assert.Equal(sql, LabSql.WithIdentity(sql));
}
