using System.Collections.Immutable;

namespace Millrace.HashRing;

/// <summary>Which shard holds which layer: the whole state that a producer or router needs to place a row.</summary>
public sealed class Assignment : IEquatable<Assignment>
{
    /// <summary>An assignment that gives layer i to the i-th shard number of the list.</summary>
    /// <exception cref="ArgumentException">The list is empty or longer than a ring can be.</exception>
    public Assignment(IEnumerable<int> shardOfLayer)
    {
        ShardOfLayer = [.. shardOfLayer];
        Layers = new VirtualLayers(ShardOfLayer.Length);
    }

    /// <summary>The ring's layers.</summary>
    public VirtualLayers Layers { get; }

    /// <summary>The shard of every layer, by layer.</summary>
    public ImmutableArray<int> ShardOfLayer { get; }

    /// <summary>The shard that rows with this key are written to.</summary>
    /// <exception cref="InvalidOperationException">The key has no values.</exception>
    public int ShardOf(RingKey key) => ShardOfLayer[Layers.LayerOf(key)];

    /// <summary>The shard that rows with this hash are written to.</summary>
    public int ShardOf(ulong hash) => ShardOfLayer[Layers.LayerOf(hash)];

    /// <summary>The layers of one shard, ascending; empty when it holds none.</summary>
    public ImmutableArray<int> LayersOf(int shard) =>
        [.. Enumerable.Range(0, Layers.Count).Where(layer => ShardOfLayer[layer] == shard)];

    /// <summary>How many layers each shard holds; shards without layers are not in it.</summary>
    public IReadOnlyDictionary<int, int> Counts() => ShardOfLayer.CountBy(shard => shard).ToDictionary();

    /// <summary>The layers that change their shard on the way to <paramref name="next"/>, ascending.</summary>
    /// <exception cref="ArgumentException">The other assignment has another number of layers.</exception>
    public ImmutableArray<LayerMove> MovesTo(Assignment next)
    {
        if (next.Layers != Layers)
            throw new ArgumentException(
                $"A ring of {Layers.Count} layers cannot become one of {next.Layers.Count}.", nameof(next));
        return
        [
            .. Enumerable.Range(0, Layers.Count)
                .Where(layer => ShardOfLayer[layer] != next.ShardOfLayer[layer])
                .Select(layer => new LayerMove(layer, ShardOfLayer[layer], next.ShardOfLayer[layer])),
        ];
    }

    /// <inheritdoc/>
    public bool Equals(Assignment? other) => other is not null && ShardOfLayer.AsSpan().SequenceEqual(other.ShardOfLayer.AsSpan());

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Assignment);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var shard in ShardOfLayer)
            hash.Add(shard);
        return hash.ToHashCode();
    }
}
