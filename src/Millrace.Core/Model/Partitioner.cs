namespace Millrace.Core.Model;

/// <summary>How the key of a produced message finds its partition: the same key always the same one.</summary>
public enum Partitioner
{
    /// <summary>librdkafka's own.</summary>
    ConsistentRandom,

    /// <summary>As Java's clients do.</summary>
    Murmur2Random,

    /// <summary>As Sarama, of Go, does.</summary>
    Fnv1aRandom,
}
