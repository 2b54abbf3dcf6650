using System.Collections.Immutable;
using Millrace.Core.Model;
using Millrace.Core.ServerConfig;
using Xunit;

namespace Millrace.UnitTests.Core.ServerConfig;

public sealed class FleetCollectionsTests
{
    private static readonly Broker Msk = new(
        "msk", "msk", "kafka:9092", ImmutableSortedDictionary<string, string>.Empty.Add("session.timeout.ms", "6000").Add("acks", "1").Add("sasl.password", "hush"));

    [Fact]
    public void A_producer_gives_no_message_up_unless_the_user_says_otherwise()
    {
        var values = Values(FleetCollections.Producer(Msk, Partitioner.Murmur2Random));

        Assert.Equal("0", values["kafka.message_timeout_ms"]);
        Assert.Equal("true", values["kafka.enable_idempotence"]);
        Assert.Equal("murmur2_random", values["kafka.partitioner"]);
        Assert.Equal("1", values["kafka.acks"]);
        Assert.Equal("kafka:9092", values["kafka_broker_list"]);
        Assert.DoesNotContain("kafka.session_timeout_ms", values.Keys);
    }

    [Fact]
    public void A_role_needs_what_its_pipelines_name_and_nothing_else()
    {
        var project = Projects.Project with
        {
            Fleet = Projects.Fleet with { Connections = [new Connection("main", "app_db", "db", User: "u", Password: new Secret("hush"))] },
            Pipelines =
            [
                Projects.Pipeline,
                Projects.Pipeline with { Name = "a", Into = new KafkaSink { Broker = "warpstream", Topic = "t", Key = "id", Partitioner = Partitioner.Murmur2Random } },
                Projects.Pipeline with { Name = "b", Into = new PostgresSink { Connection = "main", Table = "t", Keys = ["id"] } },
            ],
        };

        Assert.Equal(["msk", "ws_producer_murmur2_random", "app_db"], FleetCollections.NeededBy(project, "events").Select(collection => collection.Name));
        Assert.Empty(FleetCollections.NeededBy(project, "query"));
    }

    [Fact]
    public void Values_are_quoted_and_their_text_form_is_hidden()
    {
        var collection = FleetCollections.Database(new Connection("main", "app-db", "db", 5433, "app", "u", new Secret("it's")));

        Assert.Equal(
            @"ALTER NAMED COLLECTION `app-db` SET host = 'db', port = '5433', database = 'app', user = 'u', password = 'it\'s'", CollectionSql.Alter(collection));
        Assert.DoesNotContain("it's", collection.Entries.Aggregate("", (text, entry) => $"{text}{entry}"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Kafka(msk, kafka_topic_list = 'a')", "msk")]
    [InlineData("Kafka(`my-kafka`, kafka_topic_list = 'a') SETTINGS kafka_num_consumers = 2", "my-kafka")]
    [InlineData("PostgreSQL(main, `table` = 't')", "main")]
    [InlineData("PostgreSQL('db:5432', 'app', 't', 'u', '[HIDDEN]')", null)]
    public void The_collection_of_a_table_is_its_engines_first_word(string engineFull, string? collection) =>
        Assert.Equal(collection, CollectionSql.CollectionOf(engineFull));

    private static Dictionary<string, string> Values(NamedCollection collection) =>
        collection.Entries.ToDictionary(entry => entry.Key, entry => entry.Value.Reveal(), StringComparer.Ordinal);
}
