using Millrace.Core.Model;
using Millrace.Engine.Specs.Shapes;
using Millrace.HashRing;

namespace Millrace.Engine.Specs.Files;

/// <summary>A ring in <c>fleet.yaml</c>.</summary>
internal static class RingSpec
{
    private static readonly Field<string> Cluster = Field.Required(
        "cluster", Text.Name, "The cluster over whose shards it spreads rows", example: "data");

    private static readonly Field<int> Layers = Field.WithDefault(
        "layers",
        new WholeNumberShape(1, VirtualLayers.Most),
        VirtualLayers.Default,
        $"{VirtualLayers.Default}",
        "Virtual layers between keys and shards; chosen once, it never changes",
        example: "1024");

    private static readonly Field<string> Lock = Field.Optional(
        "lock",
        Text.File,
        "The lock file, relative to the project; `millrace ring apply` writes it",
        otherwise: "`rings/NAME.lock.json`");

    public static readonly ObjectShape<Ring> Shape = new(
        "ring",
        "A consistent hash ring: which shard a row is written to, kept in a lock file and grown with the fewest moves",
        [Cluster, Layers, Lock],
        v => new Ring
        {
            Name = v.Key,
            Cluster = v.Get(Cluster),
            Layers = v.Get(Layers),
            LockFile = v.Find(Lock) ?? Ring.DefaultLockFile(v.Key),
        });
}
