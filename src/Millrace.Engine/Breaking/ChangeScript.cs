using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Breaking;

/// <summary>Free DDL, run statement by statement; after each, what it changed is noted as its doing.</summary>
internal sealed partial class ChangeScript(ImmutableArray<ScriptStatement> statements, Rigs rigs)
{
    private const string Prints = $"""
        SELECT database, name, cityHash64(uuid, create_table_query, comment), toString(uuid) FROM system.tables
        WHERE database NOT IN ({ServerDatabases.Names}) AND NOT is_temporary FORMAT JSONCompactEachRow
        """;

    /// <summary>UNKNOWN_TABLE, UNKNOWN_DATABASE: on that role there is no such thing, and on another there may be.</summary>
    private static readonly int[] NotHere = [60, 81];

    /// <summary>What the statements did to stored rows, once they have run.</summary>
    public RowsLog Rows { get; private set; } = RowsLog.Nothing;

    public async Task<ImmutableArray<Breakage>> RunAsync(Locator locator, CancellationToken cancel)
    {
        var refused = ImmutableArray.CreateBuilder<Breakage>();
        var watch = new RowsWatch(rigs);
        var notes = new ChangeWatch(rigs);
        if (statements.Length > 1) // Of one, nobody asks which it was.
            await notes.StartAsync(cancel);
        var before = await PrintsAsync(cancel);
        foreach (var statement in statements)
        {
            var faults = await RunAsync(statement, cancel);
            var after = await PrintsAsync(cancel);
            if (faults.Count == 0)
                Rows = await watch.NoteAsync(Rows, statement, before, after, cancel);
            var changed = before.Keys.Union(after.Keys).Where(item => before.GetValueOrDefault(item) != after.GetValueOrDefault(item)).ToList();
            locator.Note(await notes.NoteAsync(changed, statement.At, cancel));
            before = after;
            if (faults.Count == 0)
                continue;
            var (role, fault) = faults.OrderBy(pair => NotHere.Contains(pair.Value.Code)).First();
            refused.Add(await IsForServersAsync(statement, role, fault, cancel) ? NotJudged(statement, role, fault) : Refused(statement, role, fault));
        }

        return refused.ToImmutable();
    }

    /// <summary>The same statements once more, for what they do to rows.</summary>
    public async Task RepeatAsync(CancellationToken cancel)
    {
        foreach (var statement in statements)
            await RunAsync(statement, cancel);
    }

    /// <summary>Why it ran on no role; empty when it ran on one at least.</summary>
    private async Task<Dictionary<string, EngineFault>> RunAsync(ScriptStatement statement, CancellationToken cancel)
    {
        var faults = new Dictionary<string, EngineFault>(StringComparer.Ordinal);
        var ran = false;
        foreach (var rig in rigs.Roles.Values.Where(rig => statement.Roles.IsEmpty || statement.Roles.Contains(rig.Role)))
        {
            if (await rig.RunAsync(statement.Sql, statement.Database, cancel) is { } fault)
                faults[rig.Role] = fault;
            else
                ran = true;
        }

        return ran && faults.Values.All(fault => NotHere.Contains(fault.Code)) ? [] : faults;
    }

    public static Breakage Refused(ScriptStatement statement, string role, EngineFault fault) =>
        new("MR300", Severity.Error, $"ClickHouse refuses this statement: {fault.Message.Split('\n')[0]} ({fault.Name})")
        {
            // Its own place: a refused statement changes nothing that could lead to it.
            Where = new ObjectRef(role, new ObjectName("", $"statement at {statement.At}")),
            Evidence = [fault.ToString(), "the statements after it were judged without it"],
            Fix = "change the statement as the error says, or leave it out",
            At = statement.At,
        };

    /// <summary>
    /// True for what concerns users, rights and the state of servers: a lab has none of the fleet's, and no table or row
    /// depends on it. The engine says what kind of statement it is; one that it cannot read, or that names no table of the world, is refused.
    /// </summary>
    private async Task<bool> IsForServersAsync(ScriptStatement statement, string role, EngineFault fault, CancellationToken cancel) =>
        !NotHere.Contains(fault.Code)
        && await rigs.Roles[role].SyntaxAsync(statement.Sql, cancel) is { } syntax
        && ForServers().IsMatch(syntax);

    private static Breakage NotJudged(ScriptStatement statement, string role, EngineFault fault) =>
        new("MR403", Severity.Info, "this statement was not judged: the lab has no users, rights or replicas of the fleet's")
        {
            Where = new ObjectRef(role, new ObjectName("", $"statement at {statement.At}")),
            Evidence = [fault.ToString()],
            Fix = "try it on a server that has them",
            At = statement.At,
        };

    [GeneratedRegex(
        @"\A((CREATE|DROP) (USER|ROLE|QUOTA|SETTINGS PROFILE|ROW POLICY|MASKING POLICY)\b|SYSTEM query"
        + @"|(Grant|CreateUser|CreateRole|CreateQuota|CreateSettingsProfile|SetRole|MoveAccessEntities|Backup)Query)",
        RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ForServers();

    private async Task<Dictionary<ObjectRef, ObjectPrint>> PrintsAsync(CancellationToken cancel)
    {
        var prints = new Dictionary<ObjectRef, ObjectPrint>();
        foreach (var (role, answer) in await Task.WhenAll(rigs.Roles.Values.Select(async rig => (rig.Role, await rig.Node.QueryAsync(Prints, cancel: cancel)))))
            Parse(role, answer);
        return prints;

        void Parse(string role, byte[] answer)
        {
            var row = new RowReader(answer);
            while (row.NextRow())
                prints[new ObjectRef(role, new ObjectName(row.Text(), row.Text()))] = new ObjectPrint(Encoding.UTF8.GetString(row.RawText()), row.Text());
        }
    }
}
