using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Millrace.Core.Breaking;
using Millrace.Core.Sql;

namespace Millrace.Engine.Breaking;

/// <summary>Rows that meet in one row of a table when it merges.</summary>
/// <param name="Others">Rows of tables that are looked up on the way.</param>
/// <param name="First">Rows of many keys.</param>
/// <param name="Second">Rows of the same keys with other values.</param>
/// <param name="Unknown">Rows of the same keys, with NULL wherever it is allowed.</param>
/// <param name="Single">Rows of which one column alone has a number other than zero.</param>
internal sealed record MergePlan(
    ObjectRef Table,
    ImmutableArray<ProbeRows> Others,
    ImmutableArray<ProbeRows> First,
    ImmutableArray<ProbeRows> Second,
    ImmutableArray<ProbeRows> Unknown,
    ImmutableArray<ProbeRows> Single)
{
    private const int Numbers = 8;

    /// <summary>Null where no row gets into the table.</summary>
    /// <param name="rows">What was inserted before the change.</param>
    /// <param name="made">Rows for the columns that are new since.</param>
    /// <param name="columns">Which columns of entries are free in the world after the change, and which were before it.</param>
    public static MergePlan? Of(
        World before, World after, ObjectState now, (EntryColumns Was, EntryColumns Now) columns, ImmutableArray<ProbeRows> rows, ImmutableArray<ProbeRows> made)
    {
        var upstream = Flow.Upstream(after, now).Select(item => item.Ref).ToHashSet();
        var plan = new MergePlan(now.Ref, [], [], [], [], []);
        foreach (var entry in rows.Where(entry => entry.Lines.Length > 1 && upstream.Contains(entry.Entry)))
        {
            if (after.Find(entry.Entry) is not { } item || before.Find(entry.Entry) is not { } old)
                continue;
            if (!Pushes(after, item, now))
            {
                plan = plan with { Others = plan.Others.Add(entry) };
                continue;
            }

            var former = columns.Was.Free(old);
            var free = columns.Now.Free(item).Where(column => old.Column(column) is null || former.Contains(column)).ToImmutableArray();
            var all = Completed(entry.Lines, made.FirstOrDefault(other => other.Entry == entry.Entry)?.Lines ?? []);
            var lines = all.DistinctBy(line => With(line, free, _ => null).ToJsonString(), StringComparer.Ordinal).ToArray(); // Two rows meet in one, and no more.
            plan = plan with
            {
                First = plan.First.Add(Rows(entry, lines)),
                Second = plan.Second.Add(Rows(entry, [.. lines.Select(line => With(line, free, column => all[(Array.IndexOf(all, line) + 1) % all.Length][column]))])),
                Unknown = plan.Unknown.Add(Rows(entry, [.. lines.Select(line => With(line, [.. free.Where(column => IsNullable(old, item, column))], _ => null))])),
                Single = plan.Single.Add(Rows(entry, Singles(lines, [.. free.Where(column => IsNumber(old, item, column))]))),
            };
        }

        return plan.First.IsEmpty ? null : plan;
    }

    private static ProbeRows Rows(ProbeRows entry, IEnumerable<JsonObject> lines) => entry with { Lines = [.. lines.Select(line => line.ToJsonString())] };

    /// <summary>True when an insert into the one gets into the other by itself.</summary>
    private static bool Pushes(World world, ObjectState entry, ObjectState table)
    {
        var (seen, open) = (new HashSet<ObjectRef>(), new Stack<ObjectState>([entry]));
        while (open.TryPop(out var item))
            if (item.Ref == table.Ref)
                return true;
            else if (seen.Add(item.Ref))
                foreach (var (to, kind) in Flow.Edges(world, item))
                    if (kind is not (Core.Lineage.EdgeKind.Lookup or Core.Lineage.EdgeKind.Indirect))
                        open.Push(to);
        return false;
    }

    private static JsonObject[] Completed(ImmutableArray<string> lines, ImmutableArray<string> made) =>
        [.. lines.Select((line, i) =>
        {
            var row = JsonNode.Parse(line)!.AsObject();
            if (made.Length > 0)
                foreach (var (name, value) in JsonNode.Parse(made[i % made.Length])!.AsObject())
                    if (!row.ContainsKey(name))
                        row[name] = value?.DeepClone();
            return row;
        })];

    private static JsonObject With(JsonObject line, ImmutableArray<string> columns, Func<string, JsonNode?> value)
    {
        var row = line.DeepClone().AsObject();
        foreach (var column in columns.Where(row.ContainsKey))
            row[column] = value(column)?.DeepClone();
        return row;
    }

    private static IEnumerable<JsonObject> Singles(JsonObject[] lines, ImmutableArray<string> numbers) =>
        numbers.Take(Numbers).Select((only, i) => With(lines[i % lines.Length], numbers, column => JsonValue.Create(column == only ? 5 : 0)));

    private static bool IsNullable(ObjectState was, ObjectState now, string column) =>
        TypeText.Unwrap((was.Column(column) ?? now.Column(column))?.Type ?? "", "Nullable") is not null;

    private static bool IsNumber(ObjectState was, ObjectState now, string column)
    {
        var type = (was.Column(column) ?? now.Column(column))?.Type ?? "";
        return MergeCandidates.IsNumber(TypeText.Unwrap(type, "Nullable") ?? type);
    }
}
