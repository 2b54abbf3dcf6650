using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Shapes;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>
/// Notes what each statement of a script does to stored rows. The lab's tables are empty: what a statement would do on a node is
/// known by its syntax, as the engine tells it, and by the identities of the tables before and after it.
/// </summary>
internal sealed class RowsWatch(Rigs rigs)
{
    /// <summary>First words of statements that read, fill or empty tables.</summary>
    private static readonly string[] Concerned = ["INSERT", "CREATE", "ALTER", "TRUNCATE", "DELETE"];

    public async Task<RowsLog> NoteAsync(
        RowsLog log,
        ScriptStatement statement,
        IReadOnlyDictionary<ObjectRef, ObjectPrint> before,
        IReadOnlyDictionary<ObjectRef, ObjectPrint> after,
        CancellationToken cancel)
    {
        var left = after.Values.Select(print => print.Uuid).ToHashSet(StringComparer.Ordinal);
        foreach (var gone in before.Values.Where(print => !left.Contains(print.Uuid)))
            log = log with { Gone = log.Gone.SetItem(gone.Uuid, statement.At) };
        if (!Concerned.Contains(Statements.Head(statement.Sql).Split(' ')[0]))
            return log;
        foreach (var rig in rigs.Roles.Values.Where(rig => statement.Roles.IsEmpty || statement.Roles.Contains(rig.Role)))
            if (await DeedAsync(rig, statement, cancel) is { } deed)
                log = Note(log, deed, statement, it => Taken(rig.Role, it, before, after), name => Identities(rig.Role, name, before, after), Mentioned(rig.Role, statement.Sql, before));
        return log;
    }

    private static RowsLog Note(
        RowsLog log, RowsDeed deed, ScriptStatement statement, Func<RowsDeed, IEnumerable<string>> identities, Func<ObjectName, IEnumerable<string>> named, IEnumerable<string> mentioned)
    {
        var into = deed.Into is null ? [] : identities(deed).ToList();
        var deleted = deed.Deletes.SelectMany(column => into.Select(table => new RowsDeleted(table, column, statement.At) { OfDatabase = deed.Into!.Name.Length == 0 }));
        return log with
        {
            Copied = log.Copied.Union(deed.Reads.SelectMany(named)).Union(deed.TakesWhole ? mentioned : []),
            Filled = deed.Fills ? log.Filled.Union(into) : log.Filled,
            // What has been copied by then is no loss.
            Deleted = [.. log.Deleted, .. deleted.Where(item => !log.Copied.Contains(item.Table))],
        };
    }

    /// <summary>Under a name there may be another table after the statement.</summary>
    private static IEnumerable<string> Identities(
        string role, ObjectName name, IReadOnlyDictionary<ObjectRef, ObjectPrint> before, IReadOnlyDictionary<ObjectRef, ObjectPrint> after) =>
        new[] { before, after }.Select(prints => prints.GetValueOrDefault(new ObjectRef(role, name))?.Uuid).OfType<string>().Distinct();

    /// <summary>A database stands for its tables.</summary>
    private static IEnumerable<string> Taken(
        string role, RowsDeed deed, IReadOnlyDictionary<ObjectRef, ObjectPrint> before, IReadOnlyDictionary<ObjectRef, ObjectPrint> after) =>
        deed.Into!.Name.Length > 0
            ? Identities(role, deed.Into, before, after)
            : before.Where(item => item.Key.Role == role && item.Key.Name.Database == deed.Into.Database && deed.Takes(item.Key.Name.Name)).Select(item => item.Value.Uuid);

    /// <summary>For what the syntax does not tell: the other table of a partition that moves, or of a clone.</summary>
    private static IEnumerable<string> Mentioned(string role, string sql, IReadOnlyDictionary<ObjectRef, ObjectPrint> before)
    {
        var words = Statements.NamesInHead(sql).ToHashSet(StringComparer.Ordinal);
        return before.Where(item => item.Key.Role == role && words.Contains(item.Key.Name.Name)).Select(item => item.Value.Uuid);
    }

    private static async Task<RowsDeed?> DeedAsync(RoleRig rig, ScriptStatement statement, CancellationToken cancel)
    {
        if (await rig.SyntaxAsync(statement.Sql, cancel) is not { } syntax)
            return null;
        try
        {
            // Formatted, so that a word is a word and no comment.
            var plain = await rig.TextAsync($"SELECT formatQuerySingleLine({Core.Sql.Quote.Text(Statements.WithoutOnCluster(statement.Sql))}) FORMAT TSVRaw", cancel);
            return RowsDeed.Read(syntax, plain, statement.Database ?? rig.Database);
        }
        catch (ServerErrorException)
        {
            return null;
        }
    }
}
