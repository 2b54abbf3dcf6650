using Millrace.Core.Planning;
using Xunit;

namespace Millrace.UnitTests.Core.Planning;

public sealed class KafkaMeaningTests
{
    [Theory]
    [InlineData(
        "Kafka(msk, kafka_topic_list = 'a,b', kafka_group_name = 'g') SETTINGS kafka_num_consumers = 2",
        "Kafka(msk) SETTINGS kafka_num_consumers = 2, kafka_group_name = 'g', kafka_topic_list = 'a,b'")]
    [InlineData(
        "Kafka('h:9092', 't', 'g', 'JSONEachRow')",
        "Kafka() SETTINGS kafka_broker_list = 'h:9092', kafka_topic_list = 't', kafka_group_name = 'g', kafka_format = 'JSONEachRow'")]
    public void Two_spellings_of_one_table_mean_the_same(string one, string other) => Assert.True(KafkaMeaning.Same(one, other));

    [Theory]
    [InlineData("Kafka(msk, kafka_topic_list = 'a')", "Kafka(warpstream, kafka_topic_list = 'a')")]
    [InlineData("Kafka(msk) SETTINGS kafka_num_consumers = 1", "Kafka(msk) SETTINGS kafka_num_consumers = 2")]
    [InlineData("Kafka(msk) SETTINGS kafka_num_consumers = 1", "Kafka(msk)")]
    public void Another_collection_or_setting_is_another_table(string one, string other) => Assert.False(KafkaMeaning.Same(one, other));

    [Fact]
    public void A_name_with_quotes_is_read_as_it_is() =>
        Assert.Equal("o'gr\\ün\"x", KafkaMeaning.GroupOf("Kafka(msk, kafka_topic_list = 'a', kafka_group_name = 'o\\'gr\\\\ün\"x')"));
}
