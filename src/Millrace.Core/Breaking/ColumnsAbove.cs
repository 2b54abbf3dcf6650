using System.Collections.Immutable;

namespace Millrace.Core.Breaking;

/// <summary>The columns that the values of a column come from, however far away and under whatever names.</summary>
public static class ColumnsAbove
{
    public static ImmutableHashSet<(ObjectRef Object, string Column)> Of(World world, ObjectRef item, string column)
    {
        var seen = new HashSet<(ObjectRef, string)> { (item, column) };
        var open = new Stack<(ObjectRef Object, string Column)>(seen);
        while (open.TryPop(out var place))
            if (world.Find(place.Object) is { } state)
                foreach (var next in Next(world, state, place.Column))
                    if (seen.Add(next))
                        open.Push(next);
        return [.. seen];
    }

    private static IEnumerable<(ObjectRef, string)> Next(World world, ObjectState item, string column)
    {
        var same = world.WritersOf(item).Concat(world.ProxiesOf(item)).Append(world.Behind(item)).OfType<ObjectState>().Select(other => (other.Ref, column));
        var read = item.Origins.Where(origin => origin.Output == column && origin.Column.Length > 0)
            .Select(origin => (new ObjectRef(item.Ref.Role, origin.Source), origin.Column.Split('.')[0]));
        return same.Concat(read);
    }
}
