using System.Collections.Concurrent;
using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Engine.Observe;

/// <summary>
/// Shapes by fingerprint, shared by all nodes and by observations after each other: an object that 58 nodes hold is
/// read once. Safe for concurrent use.
/// </summary>
public sealed class ObjectShapeCache
{
    private readonly ConcurrentDictionary<Fingerprint, ObjectShape> _shapes = new();

    public bool Knows(Fingerprint print) => _shapes.ContainsKey(print);

    public void Add(Fingerprint print, ObjectShape shape) => _shapes[print] = shape;

    /// <summary>The shapes of an inventory, every one of which must be known.</summary>
    internal ImmutableDictionary<ObjectName, ObjectShape> Resolve(Inventory inventory)
    {
        var objects = ImmutableDictionary.CreateBuilder<ObjectName, ObjectShape>();
        foreach (var (print, _) in inventory.Entries)
        {
            var shape = _shapes[print];
            objects[shape.Name] = shape;
        }

        return objects.ToImmutable();
    }
}
