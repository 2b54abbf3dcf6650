namespace Millrace.Kafka;

/// <summary>A Kafka broker did not do what was asked, or could not be reached.</summary>
public sealed class KafkaException(int code, string name, string message) : Exception(message)
{
    /// <summary>librdkafka's code: positive from the broker, negative from the client.</summary>
    public int Code { get; } = code;

    /// <summary>Such as <c>_TRANSPORT</c> or <c>UNKNOWN_TOPIC_OR_PART</c>.</summary>
    public string Name { get; } = name;
}
