using System.Collections.Immutable;
using Millrace.Core.Compile;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>Which objects of a large fleet must be loaded to judge a change of some.</summary>
public sealed class ChangedPart
{
    /// <summary>Up to so many objects, all that has to do with each other is taken.</summary>
    private const int Small = 60;

    private readonly Mentions mentions;
    private readonly ILookup<string, ObjectShape> byName;
    private readonly ILookup<string, string> writers;

    /// <param name="shapes">What is there and what will be, on all roles.</param>
    public ChangedPart(IReadOnlyCollection<ObjectShape> shapes)
    {
        mentions = new Mentions([.. shapes.Select(shape => (shape.Name.Name, shape.CreateQuery))]);
        byName = shapes.ToLookup(shape => shape.Name.Name, StringComparer.Ordinal);
        writers = shapes.Where(shape => shape.Target is not null)
            .ToLookup(shape => shape.Target!.Name, shape => shape.Name.Name, StringComparer.Ordinal);
    }

    /// <summary>
    /// The changed objects with all that has to do with them. Where that is much (one error table connects every stream of a
    /// fleet), only what rows of the changed objects reach, what writes into the changed objects, and what these need to exist.
    /// </summary>
    public ImmutableSortedSet<string> Of(IEnumerable<string> changed)
    {
        var start = changed.ToList();
        var all = mentions.Connected(start);
        return all.Count <= Small
            ? all
            : mentions.Needed(Mentions.Reach(start, Reached).Concat(Mentions.Reach(start, Feeding)));
    }

    /// <summary>Readers, the target of a view, the table behind a proxy.</summary>
    private IEnumerable<string> Reached(string name) =>
        mentions.Of(name).Except(writers[name])
            .Concat(byName[name].Select(shape => shape.Target?.Name).OfType<string>())
            .Concat(Behind(name));

    /// <summary>Views and proxies that write into a table, and what such a view reads.</summary>
    private IEnumerable<string> Feeding(string name) =>
        writers[name]
            .Concat(mentions.Of(name).Where(other => Behind(other).Any()))
            .Concat(byName[name].Any(shape => shape.Target is not null) ? mentions.By(name).Except(byName[name].Select(shape => shape.Target?.Name)).OfType<string>() : []);

    private IEnumerable<string> Behind(string name) =>
        byName[name].Any(shape => shape.Engine is "Distributed" or "Buffer") ? mentions.By(name) : [];
}
