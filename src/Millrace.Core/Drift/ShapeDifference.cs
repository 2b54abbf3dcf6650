using Millrace.Core.Planning;
using Millrace.Core.Shapes;

namespace Millrace.Core.Drift;

/// <summary>What is different between two shapes of one object, in a few words.</summary>
internal static class ShapeDifference
{
    /// <summary>Null when they mean the same.</summary>
    public static string? Of(ObjectShape wanted, ObjectShape observed)
    {
        if (wanted.Equals(observed))
            return null;
        if (wanted.Engine != observed.Engine)
            return $"engine is {observed.Engine}, not {wanted.Engine}";
        var parts = Parts(wanted, observed).Where(part => part.Length > 0).ToList();
        if (parts.Count > 0)
            return string.Join(", ", parts);
        // Settings of a Kafka table may be written in two ways that make the same table.
        return wanted.Engine == "Kafka" ? null : "index, projection, constraint or column TTL";
    }

    private static IEnumerable<string> Parts(ObjectShape wanted, ObjectShape observed)
    {
        yield return Words.Of(ColumnDiff.Compare(wanted.Columns, observed.Columns));
        foreach (var part in Engine(wanted, observed))
            yield return part;
        yield return wanted.AsSelect == observed.AsSelect ? "" : "SELECT";
        yield return wanted.Target == observed.Target ? "" : $"writes to {observed.Target?.ToString() ?? "a table of its own"}";
        yield return wanted.Comment == observed.Comment ? "" : "comment with the ownership mark";
    }

    private static IEnumerable<string> Engine(ObjectShape wanted, ObjectShape observed)
    {
        if (wanted.EngineFull == observed.EngineFull)
            yield break;
        if (wanted.Engine == "Kafka")
        {
            yield return string.Join(", ", KafkaMeaning.Differences(wanted.EngineFull, observed.EngineFull));
            yield break;
        }

        var (then, now) = (EngineClauses.Read(wanted.EngineFull), EngineClauses.Read(observed.EngineFull));
        if (then.Head != now.Head)
            yield return $"engine or key: {now.Head}";
        if (then.Ttl != now.Ttl)
            yield return now.Ttl.Length == 0 ? "TTL is gone" : $"TTL {now.Ttl}";
        foreach (var setting in then.Settings.Keys.Union(now.Settings.Keys).Order(StringComparer.Ordinal))
            if (then.Settings.GetValueOrDefault(setting) != now.Settings.GetValueOrDefault(setting))
                yield return $"{setting} = {now.Settings.GetValueOrDefault(setting, "(default)")}";
    }
}
