using System.Collections.Immutable;
using Millrace.Core.Shapes;

namespace Millrace.Core.Breaking;

/// <summary>Finds every place of a world where types meet.</summary>
public static class Conversions
{
    /// <summary>The places that are there whether anything changes or not.</summary>
    public static IEnumerable<Conversion> Of(World world) =>
        world.Objects.SelectMany(item => item.HasSelect ? OfView(world, item) : OfProxy(world, item))
            .Concat(world.Objects.SelectMany(OfDefaults));

    /// <summary>The places that a change makes by itself: what is stored, and what is already on its way, keeps its old type.</summary>
    public static IEnumerable<Conversion> Between(World before, World after) =>
        from now in after.Objects
        let was = before.Find(now.Ref)
        where was is not null && Keeps(was, now) is not null
        from column in now.Shape.Columns
        let old = was.Column(column.Name)
        where old is not null && old.Type != column.Type && TakesValues(column)
        from kind in IsOtherZone(after, now, old.Type, column.Type) ? [Keeps(was, now)!.Value, ConversionKind.Message] : new[] { Keeps(was, now)!.Value }
        select new Conversion(now, now.Ref, now.Ref, column.Name, new TypePath(kind, [old.Type, column.Type]));

    /// <summary>Producers go on sending times as text, and a column reads them in its own zone.</summary>
    private static bool IsOtherZone(World world, ObjectState table, string was, string now) =>
        MergingEngine.Stores(table.Engine) && !world.WritersOf(table).Any() && !world.ProxiesOf(table).Any() && Moment(was) is { } then && Moment(now) is { } type && then == type;

    /// <summary><c>DateTime</c>, or <c>DateTime64(3</c>; null for anything else.</summary>
    private static string? Moment(string type) => type.StartsWith("DateTime64(", StringComparison.Ordinal) ? type.Split(',', ')')[0]
        : type == "DateTime" || type.StartsWith("DateTime(", StringComparison.Ordinal) ? "DateTime" : null;

    /// <summary>True for a column that an INSERT can give a value and that keeps it.</summary>
    public static bool TakesValues(ColumnShape column) => column.DefaultKind is "" or "DEFAULT";

    private static ConversionKind? Keeps(ObjectState was, ObjectState now) =>
        now.Engine == "Kafka" && was.Engine == "Kafka" ? ConversionKind.Message
        : now.Uuid == was.Uuid && now.Uuid.Length > 0 && MergingEngine.Stores(now.Engine) ? ConversionKind.Stored
        : null;

    private static IEnumerable<Conversion> OfView(World world, ObjectState view)
    {
        var target = world.Target(view);
        var source = world.PushersOf(view).FirstOrDefault()?.Ref;
        foreach (var output in view.Output)
        {
            var frozen = view.Column(output.Name)?.Type;
            var column = target?.Column(output.Name);
            if (frozen is not null && frozen != output.Type && (target is null || column is not null))
                yield return new(view, source, view.Ref, output.Name, PathOf(view, ConversionKind.Header, output, column is null || column.Type == frozen ? [frozen] : [frozen, column.Type]));
            if (column is not null && frozen is not null && frozen != column.Type && world.Readers(view).Any())
                yield return new(view, target!.Ref, view.Ref, output.Name, new TypePath(ConversionKind.Read, [column.Type, frozen]));
            if (column is not null && TakesValues(column))
                yield return new(view, source, target!.Ref, output.Name, PathOf(view, ConversionKind.Push, output, column.Type));
        }
    }

    /// <summary>A bare NULL has no type of its own that a table could hold.</summary>
    private static TypePath PathOf(ObjectState view, ConversionKind kind, ColumnShape output, params ImmutableArray<string> to) =>
        output.Type == "Nullable(Nothing)" && !to[^1].StartsWith("Nullable(", StringComparison.Ordinal)
            ? new TypePath(kind, [$"Nullable({to[^1]})", .. to]) { Values = ["NULL"] }
            : new TypePath(kind, [output.Type, .. to]) { Values = view.Written.GetValueOrDefault(output.Name, []) };

    private static IEnumerable<Conversion> OfProxy(World world, ObjectState proxy)
    {
        if (proxy.Engine is "Merge" or "Dictionary")
            foreach (var read in OfReader(world, proxy))
                yield return read;
        if (world.Behind(proxy) is not { } table)
            yield break;
        foreach (var column in proxy.Shape.Columns)
        {
            if (table.Column(column.Name) is not { } stored || stored.Type == column.Type)
                continue;
            if (TakesValues(column) && TakesValues(stored))
                yield return new(proxy, proxy.Ref, table.Ref, column.Name, new TypePath(ConversionKind.Write, [column.Type, stored.Type]));
            yield return new(proxy, table.Ref, proxy.Ref, column.Name, new TypePath(ConversionKind.Read, [stored.Type, column.Type]));
        }
    }

    private static IEnumerable<Conversion> OfReader(World world, ObjectState reader) =>
        from name in reader.Sources
        let member = world.Beside(reader, name)
        where member is not null
        from column in reader.Shape.Columns
        let stored = member.Column(column.Name)
        where stored is not null && stored.Type != column.Type
        select new Conversion(reader.Engine == "Merge" ? member : reader, member.Ref, reader.Ref, column.Name, new TypePath(ConversionKind.Read, [stored.Type, column.Type]));

    private static IEnumerable<Conversion> OfDefaults(ObjectState table) =>
        from column in table.Shape.Columns
        let natural = table.DefaultTypes.GetValueOrDefault(column.Name)
        where natural is not null && natural != column.Type
        select new Conversion(table, table.Ref, table.Ref, column.Name, new TypePath(ConversionKind.Default, [natural, column.Type]));
}
