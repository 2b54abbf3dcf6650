using Millrace.Core.Model;

namespace Millrace.Core.Compile;

/// <summary>Names of the collections that Millrace derives from those that are declared.</summary>
public static class CollectionNames
{
    /// <summary>
    /// The collection of a broker's producers. It is not the consumers' own: a collection has one set of librdkafka options,
    /// and the partitioner is one of them.
    /// </summary>
    public static string Producer(Broker broker, Partitioner partitioner) =>
        $"{broker.Collection}_producer{(partitioner == Partitioner.ConsistentRandom ? "" : $"_{Word(partitioner)}")}";

    /// <summary>librdkafka's word for it.</summary>
    public static string Word(Partitioner partitioner) => partitioner switch
    {
        Partitioner.Murmur2Random => "murmur2_random",
        Partitioner.Fnv1aRandom => "fnv1a_random",
        _ => "consistent_random",
    };
}
