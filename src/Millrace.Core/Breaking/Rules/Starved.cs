using Millrace.Core.Findings;

namespace Millrace.Core.Breaking.Rules;

/// <summary>A table that views filled and none does any more, while rows still come in where they came from.</summary>
internal static class Starved
{
    public static IEnumerable<Breakage> Run(ChangeFacts facts)
    {
        if (facts.Before is not { } before)
            yield break;
        foreach (var table in facts.After.Objects.Where(item => MergingEngine.Stores(item.Engine) || item.Engine is "Distributed" or "Buffer"))
        {
            if (before.Find(table.Ref) is not { } was || was.Uuid != table.Uuid || facts.After.WritersOf(table).Any())
                continue;
            var writers = before.WritersOf(was).ToList();
            if (!writers.TrueForAll(view => view.IsTriggered && facts.After.Find(view.Ref) is null))
                continue;
            if (writers.SelectMany(before.PushersOf).Select(pusher => facts.After.Find(pusher.Ref)).FirstOrDefault(pusher => pusher is not null) is { } source)
                yield return Describe(facts, table, writers[0], source);
        }
    }

    private static Breakage Describe(ChangeFacts facts, ObjectState table, ObjectState view, ObjectState source)
    {
        // What keeps no rows has lost them by the time that another view comes.
        var isLost = source.Engine is "Null" or "Kafka" or "RabbitMQ" or "NATS" && !facts.After.Readers(source).Any();
        return new("MR324", Severity.Warning,
            $"nothing fills `{table.Ref}` any more: `{view.Ref}` is gone, and rows still come into `{source.Ref}`"
            + (!isLost ? "" : source.Engine == "Null" ? ", which keeps none of them: they are lost" : ", which nothing reads now: they stay with the broker until it deletes them"))
        {
            Where = table.Ref,
            Causes = [view.Ref, table.Ref],
            Path = $"{source.Ref} -> {view.Ref} -> {table.Ref}",
            Fix = "create the view that takes its place first, then drop this one; or drop the table too, when nobody reads it",
        };
    }
}
