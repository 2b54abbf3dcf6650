using System.Collections.Concurrent;
using System.Collections.Immutable;
using Millrace.Core.Breaking;
using Millrace.Core.Findings;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;

namespace Millrace.Engine.Breaking;

/// <summary>Tells what each statement of a script did to the objects that it changed: columns, definition, or words only.</summary>
internal sealed class ChangeWatch(Rigs rigs)
{
    /// <summary>Comments and codecs taken out.</summary>
    private const string Plain = @"replaceRegexpAll(replaceRegexpAll(create_table_query, ' COMMENT \'(?:[^\'\\\\]|\\\\.)*\'', ''), ' CODEC\\((?:[^()]|\\([^()]*\\))*\\)', '')";

    private readonly ConcurrentDictionary<ObjectRef, Look> _looks = [];

    public async Task StartAsync(CancellationToken cancel)
    {
        await Task.WhenAll(rigs.Roles.Values.Select(rig => LookAsync(rig, $"database NOT IN ({ServerDatabases.Names})", cancel)));
    }

    public async Task<ImmutableArray<ChangeNote>> NoteAsync(IEnumerable<ObjectRef> changed, SourceRef at, CancellationToken cancel)
    {
        var notes = ImmutableArray.CreateBuilder<ChangeNote>();
        foreach (var role in changed.GroupBy(item => item.Role))
        {
            var before = role.ToDictionary(item => item, item => _looks.GetValueOrDefault(item));
            foreach (var item in role)
                _looks.TryRemove(item, out _);
            await LookAsync(rigs.Roles[role.Key], $"(database, {Look.Table}) IN ({string.Join(", ", role.Select(item => $"({Quote.Text(item.Name.Database)}, {Quote.Text(item.Name.Name)})"))})", cancel);
            notes.AddRange(role.Select(item => Note(item, at, before[item], _looks.GetValueOrDefault(item))));
        }

        return notes.ToImmutable();
    }

    private static ChangeNote Note(ObjectRef item, SourceRef at, Look? was, Look? now)
    {
        if (was is null || now is null)
            return new(item, at, [], ChangeAspect.Definition);
        var columns = was.Columns.Keys.Union(now.Columns.Keys).Where(name => was.Columns.GetValueOrDefault(name) != now.Columns.GetValueOrDefault(name));
        return new(item, at, [.. columns], was.Definition != now.Definition ? ChangeAspect.Definition : was.Plain != now.Plain ? ChangeAspect.Other : ChangeAspect.Words);
    }

    private async Task LookAsync(RoleRig rig, string which, CancellationToken cancel)
    {
        var tables = await rig.TextAsync(
            $"""
            SELECT database, name, toString(cityHash64(uuid, engine_full, as_select, splitByString(' COMMENT ', extract(create_table_query, ' CONSTRAINT .*'))[1])), toString(cityHash64({Plain}))
            FROM system.tables WHERE {which.Replace(Look.Table, "name", StringComparison.Ordinal)} AND NOT is_temporary FORMAT TSV
            """,
            cancel);
        var columns = RoleRig.Lines(await rig.TextAsync(
            $"SELECT database, table, name, toString(cityHash64(type, default_kind, default_expression)) FROM system.columns WHERE {which.Replace(Look.Table, "table", StringComparison.Ordinal)} FORMAT TSV",
            cancel)).Select(line => line.Split('\t')).ToLookup(parts => new ObjectName(parts[0], parts[1]));
        foreach (var parts in RoleRig.Lines(tables).Select(line => line.Split('\t')))
        {
            var name = new ObjectName(parts[0], parts[1]);
            _looks[new ObjectRef(rig.Role, name)] = new Look(columns[name].ToDictionary(column => column[2], column => column[3], StringComparer.Ordinal), parts[2], parts[3]);
        }
    }

    /// <summary>An object as it matters for who is to blame.</summary>
    private sealed record Look(Dictionary<string, string> Columns, string Definition, string Plain)
    {
        /// <summary>Where the column of system tables stands that has the name of a table.</summary>
        public const string Table = "{table}";
    }
}
