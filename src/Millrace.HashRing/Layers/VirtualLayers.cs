using System.Numerics;

namespace Millrace.HashRing;

/// <summary>
/// The fixed number V of virtual layers that keys fall into: a key's layer is its hash modulo V. V never changes in the
/// life of a ring; growing a cluster moves layers between shards.
/// </summary>
public sealed record VirtualLayers
{
    /// <summary>The most layers a ring can have; more would make the sharding expression too long for a server.</summary>
    public const int Most = 16_384;

    /// <summary>What a ring has when its author does not say.</summary>
    public const int Default = 32;

    private readonly ulong _mask;

    /// <summary>A ring of <paramref name="count"/> layers, 1 to <see cref="Most"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is outside that range.</exception>
    public VirtualLayers(int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most);
        Count = count;
        _mask = BitOperations.IsPow2(count) ? (ulong)count - 1 : 0;
    }

    /// <summary>How many layers there are; they are numbered from 0.</summary>
    public int Count { get; }

    /// <summary>The layer of a key, as ClickHouse computes <c>sipHash64(...) % V</c>.</summary>
    /// <exception cref="InvalidOperationException">The key has no values.</exception>
    public int LayerOf(RingKey key) => LayerOf(key.Hash);

    /// <summary>The layer of a hash that is already known.</summary>
    public int LayerOf(ulong hash) => (int)(_mask != 0 ? hash & _mask : hash % (ulong)Count);
}
