using FsCheck;
using FsCheck.Fluent;
using Millrace.HashRing;

namespace Millrace.UnitTests.HashRing;

/// <summary>A generated life of a ring: layers, and lists of weighted shards that follow one another.</summary>
public sealed record RingChange(VirtualLayers Layers, IReadOnlyList<IReadOnlyList<ShardWeight>> Steps)
{
    public static Arbitrary<RingChange> Arbitrary { get; } =
        (from layers in Gen.OneOf(Gen.Elements(1, 2, 32, 64, 256), Gen.Choose(1, 300))
         from first in Shards
         from rest in Gen.ListOf(Shards, 6)
         select new RingChange(new VirtualLayers(layers), [first, .. rest])).ToArbitrary();

    private static Gen<IReadOnlyList<ShardWeight>> Shards =>
        from count in Gen.Choose(1, 64)
        from numbers in Gen.Shuffle(Enumerable.Range(1, 70))
        from equal in Gen.Elements(true, false)
        from weights in Gen.Choose(0, 9).ArrayOf(count)
        select (IReadOnlyList<ShardWeight>)
        [
            .. numbers.Take(count).Select((shard, i) => new ShardWeight(shard, equal || i == 0 ? 1 : weights[i])),
        ];

    public override string ToString() =>
        $"{Layers.Count} layers: " + string.Join(" -> ", Steps.Select(s => string.Join(' ', s.Select(w => $"{w.Shard}x{w.Weight}"))));
}
