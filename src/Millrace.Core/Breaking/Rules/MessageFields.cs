using Millrace.Core.Findings;
using Millrace.Core.Planning;

namespace Millrace.Core.Breaking.Rules;

/// <summary>Messages carry the names, or the order, that their producers know; a column that is called otherwise reads nothing.</summary>
internal static class MessageFields
{
    private static readonly string[] ByPosition =
        ["CSV", "CSVWithNames", "TSV", "TabSeparated", "TSVRaw", "CustomSeparated", "RowBinary", "Values", "JSONCompactEachRow", "MsgPack", "Regexp", "Template"];

    public static IEnumerable<Breakage> Run(ChangeFacts facts)
    {
        foreach (var queue in facts.After.Objects.Where(item => item.Engine == "Kafka"))
        {
            if (facts.Was(queue) is not { Engine: "Kafka" } was)
                continue;
            if (IsByPosition(queue))
            {
                if (Shifted(was, queue) is { } shifted)
                    yield return OtherOrder(facts, queue, shifted);
                continue;
            }

            var gone = was.Shape.Columns.Where(column => queue.Column(column.Name) is null).ToList();
            foreach (var added in queue.Shape.Columns.Where(column => was.Column(column.Name) is null))
                if (gone.FirstOrDefault(column => column.Type == added.Type) is { } former)
                    yield return Renamed(facts, queue, former.Name, added.Name);
        }
    }

    private static bool IsByPosition(ObjectState queue) =>
        ByPosition.Contains(KafkaMeaning.Read(queue.Shape.EngineFull).GetValueOrDefault("kafka_format", ""));

    /// <summary>The first column that is no longer at its place; columns that are added at the end move nothing.</summary>
    private static string? Shifted(ObjectState was, ObjectState now) =>
        was.Shape.Columns.Where((column, i) => i >= now.Shape.Columns.Length || now.Shape.Columns[i].Name != column.Name).FirstOrDefault()?.Name;

    private static Breakage Renamed(ChangeFacts facts, ObjectState queue, string former, string added) =>
        new("MR308", Severity.Error, $"messages that carry `{former}` are read without it: the column is called `{added}` now, and stays empty")
        {
            Where = queue.Ref,
            Column = added,
            Causes = [queue.Ref],
            Path = Flow.Text(facts.After, null, queue.Ref),
            Fix = $"keep `{former}` in the Kafka table, and rename it in the view: `{former} AS {added}`",
        };

    private static Breakage OtherOrder(ChangeFacts facts, ObjectState queue, string shifted) =>
        new("MR308", Severity.Error, $"messages are read into the wrong columns from `{shifted}` on: the format goes by position, and the columns of `{queue.Ref}` have another order")
        {
            Where = queue.Ref,
            Column = shifted,
            Causes = [queue.Ref],
            Path = Flow.Text(facts.After, null, queue.Ref),
            Fix = "keep the order that producers write; new columns come last",
        };
}
