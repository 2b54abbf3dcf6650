using System.Collections.Immutable;
using Millrace.Core.ServerConfig;
using Millrace.Core.Shapes;
using Xunit;

namespace Millrace.UnitTests.Core.ServerConfig;

public sealed class CollectionSqlTests
{
    private static readonly ObjectShape Consumer = Table("kafka_a", "Kafka", "Kafka(msk) SETTINGS x = 1", "id");
    private static readonly ObjectShape Producer = Table("producer_a", "Kafka", "Kafka(msk_producer) SETTINGS x = 1", "id", "_key");
    private static readonly ObjectShape Postgres = Table("postgres_a", "PostgreSQL", "PostgreSQL(main, table = 'a')", "id");

    [Theory]
    [InlineData("msk", "kafka_a", "DROP kafka_a", "CREATE kafka_a")]
    [InlineData("msk_producer", "producer_a", "DROP kafka_a", "DROP producer_a", "CREATE producer_a", "CREATE kafka_a")]
    [InlineData("main", "postgres_a", "DROP postgres_a", "CREATE postgres_a")]
    [InlineData("other", "")]
    public void Consumers_rest_while_a_producer_is_made_anew(string collection, string remade, params string[] statements)
    {
        var found = CollectionSql.Anew(collection, [Consumer, Producer, Postgres]);
        Assert.Equal(remade, string.Join(", ", found.Remade.Select(table => table.Name.Name)));
        Assert.Equal(statements, found.Statements.Select(sql => sql.Replace("DROP TABLE IF EXISTS d.", "DROP ", StringComparison.Ordinal).Replace(" SYNC", "", StringComparison.Ordinal)));
    }

    private static ObjectShape Table(string name, string engine, string engineFull, params ImmutableArray<string> columns) => new()
    {
        Name = new ObjectName("d", name),
        Engine = engine,
        EngineFull = engineFull,
        Columns = [.. columns.Select(column => new ColumnShape(column, "String"))],
        CreateQuery = $"CREATE {name}",
    };
}
