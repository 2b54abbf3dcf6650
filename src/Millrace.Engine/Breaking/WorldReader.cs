using System.Collections.Immutable;
using System.Text;
using Millrace.Core.Breaking;
using Millrace.Core.Lineage;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;
using Millrace.Engine.Observe;

namespace Millrace.Engine.Breaking;

/// <summary>Reads what one role's lab holds, and has the engine say what it makes of each definition.</summary>
internal sealed class WorldReader(RoleRig rig)
{
    private const int Parallelism = 4;

    private const string TablesQuery = $"""
        SELECT database, name, toString(uuid), sorting_key, partition_key, dependencies_database, dependencies_table,
          loading_dependencies_database, loading_dependencies_table
        FROM system.tables WHERE (database NOT IN ({ServerDatabases.Names}) OR (database = 'system' AND endsWith(name, '_log')))
          AND NOT is_temporary
        FORMAT JSONCompactEachRow
        """;

    private const string KeysQuery = $"""
        SELECT database, table, name FROM system.columns
        WHERE (is_in_sorting_key OR is_in_partition_key) AND database NOT IN ({ServerDatabases.Names})
        FORMAT JSONCompactEachRow
        """;

    private readonly INodeConnection _node = rig.Node;

    /// <param name="known">States that are still true where the object and all it reads are as they were; null reads all.</param>
    public async Task<ImmutableArray<ObjectState>> ReadAsync(World? known, CancellationToken cancel)
    {
        var states = await TablesAsync(cancel);
        var shapes = await ObjectReader.ReadAsync(_node, [.. states.Keys], tellsViewTargets: true, cancel);
        foreach (var (_, shape) in shapes)
            states[shape.Name] = states[shape.Name] with { Shape = rig.AsDeclared(states[shape.Name].Uuid, shape) };
        await KeysAsync(states, cancel);
        foreach (var name in Lines(await _node.QueryAsync("SELECT database, view FROM system.view_refreshes FORMAT TSVRaw", cancel: cancel)))
            if (states.TryGetValue(new ObjectName(name[0], name[1]), out var view))
                states[view.Name] = view with { IsRefreshable = true };
        foreach (var (name, state) in await AnalyseAsync(states, known, cancel))
            states[name] = state;
        return [.. states.Values];
    }

    private async Task<Dictionary<ObjectName, ObjectState>> TablesAsync(CancellationToken cancel)
    {
        var states = new Dictionary<ObjectName, ObjectState>();
        Parse(await _node.QueryAsync(TablesQuery, cancel: cancel));
        return states;

        void Parse(byte[] answer)
        {
            var row = new RowReader(answer);
            while (row.NextRow())
            {
                var name = new ObjectName(row.Text(), row.Text());
                states[name] = new ObjectState
                {
                    Ref = new ObjectRef(rig.Role, name),
                    Shape = new ObjectShape { Name = name, Engine = "" },
                    Uuid = row.Text(),
                    SortingKey = row.Text(),
                    PartitionKey = row.Text(),
                    Pushes = Pairs(ref row),
                    Sources = Pairs(ref row),
                };
            }
        }
    }

    private static ImmutableArray<ObjectName> Pairs(ref RowReader row)
    {
        var (databases, names) = (row.Texts(), row.Texts());
        return [.. databases.Zip(names, (database, name) => new ObjectName(database, name))];
    }

    private async Task KeysAsync(Dictionary<ObjectName, ObjectState> states, CancellationToken cancel)
    {
        Parse(await _node.QueryAsync(KeysQuery, cancel: cancel));

        void Parse(byte[] answer)
        {
            var row = new RowReader(answer);
            while (row.NextRow())
            {
                var (name, column) = (new ObjectName(row.Text(), row.Text()), row.Text());
                if (states.TryGetValue(name, out var state))
                    states[name] = state with { KeyColumns = state.KeyColumns.Add(column) };
            }
        }
    }

    private async Task<IEnumerable<KeyValuePair<ObjectName, ObjectState>>> AnalyseAsync(
        Dictionary<ObjectName, ObjectState> states, World? known, CancellationToken cancel)
    {
        var done = new System.Collections.Concurrent.ConcurrentDictionary<ObjectName, ObjectState>();
        var stale = known is null ? null : Stale(states, known);
        var outside = await OutsideAsync(states, cancel);
        await Parallel.ForEachAsync(
            states.Values,
            new ParallelOptions { MaxDegreeOfParallelism = Parallelism, CancellationToken = cancel },
            async (state, stop) =>
            {
                // What a pattern matches may be more, though nothing that it matched has changed.
                if (stale is not null && state.Engine != "Merge" && !stale.Contains(state.Name) && known!.Find(state.Ref) is { } same)
                    done[state.Name] = state with
                    {
                        Output = same.Output, Fault = same.Fault, Sources = same.Sources, Branches = same.Branches, Origins = same.Origins,
                        ReadsOutside = same.ReadsOutside, GroupedBy = same.GroupedBy, Constants = same.Constants, Written = same.Written, DefaultTypes = same.DefaultTypes,
                        Layout = same.Layout, LookupKeys = same.LookupKeys,
                    };
                else if (outside.TryGetValue(state.Name, out var reads))
                    done[state.Name] = state with { ReadsOutside = true, Output = [.. state.Shape.Columns], Sources = reads };
                else if (state.HasSelect)
                    done[state.Name] = await ViewAsync(state, states, stop);
                else if (state.Engine == "Merge")
                    done[state.Name] = await MergeAsync(state, stop);
                else if (state.Engine == "Dictionary")
                    done[state.Name] = await DictionaryAsync(state, stop);
                else if (state.Shape.Columns.Any(column => column.DefaultKind.Length > 0))
                    done[state.Name] = await DefaultsAsync(state, states, stop);
            });
        return done;
    }

    /// <summary>Views that reach out, and those that read them, with what each names: the engine must not look into any of them.</summary>
    private async Task<Dictionary<ObjectName, ImmutableArray<ObjectName>>> OutsideAsync(Dictionary<ObjectName, ObjectState> states, CancellationToken cancel)
    {
        var views = states.Values.Where(state => state.HasSelect).ToList();
        var outside = new Dictionary<ObjectName, ImmutableArray<ObjectName>>();
        if (!views.Exists(view => ReachingFunction.MayBeIn(view.Shape.AsSelect)))
            return outside;
        var inside = new Dictionary<ObjectName, ImmutableArray<ObjectName>>();
        foreach (var view in views)
        {
            var syntax = await rig.TextAsync($"EXPLAIN AST {view.Shape.AsSelect} FORMAT TSVRaw", cancel);
            (ReachingFunction.InSelect(syntax) is null ? inside : outside)[view.Name] = SyntaxOutline.ReadsIn(syntax, view.Name.Database);
        }

        while (inside.FirstOrDefault(view => view.Value.Any(outside.ContainsKey)) is { Key: { } name, Value: var reads })
        {
            inside.Remove(name);
            outside[name] = reads;
        }

        return outside;
    }

    /// <summary>What changed, and everything that reads it, however far away.</summary>
    private HashSet<ObjectName> Stale(Dictionary<ObjectName, ObjectState> states, World known)
    {
        var stale = states.Values
            .Where(state => known.Find(state.Ref) is not { } was || was.Uuid != state.Uuid || !was.Shape.Equals(state.Shape))
            .Select(state => state.Name)
            .Concat(known.Objects.Where(was => was.Ref.Role == rig.Role && !states.ContainsKey(was.Name)).Select(was => was.Name))
            .ToHashSet();
        var grown = true;
        while (grown)
            grown = known.Objects
                .Where(was => was.Ref.Role == rig.Role && was.Sources.Any(stale.Contains))
                .Aggregate(false, (any, was) => stale.Add(was.Name) || any);
        return stale;
    }

    private async Task<ObjectState> ViewAsync(ObjectState view, Dictionary<ObjectName, ObjectState> states, CancellationToken cancel)
    {
        var select = view.Shape.AsSelect;
        try
        {
            var parameters = QueryParameters.Of(select);
            var output = await DescribeAsync(select, parameters, cancel);
            var tree = await TreeAsync(select, parameters, cancel);
            var outline = QueryOutline.Of(tree);
            var origins = ColumnTracer.Trace(tree, text => Named(view, text));
            return view with
            {
                Output = output,
                Sources = SourcesOf(view, tree, origins, states),
                Origins = origins,
                Branches = outline.Branches,
                GroupedBy = outline.GroupedBy,
                Constants = outline.Constants,
                Written = WrittenValues.Of(tree),
            };
        }
        catch (ServerErrorException error)
        {
            return view with { Fault = RoleRig.FaultOf(error) };
        }
    }

    /// <summary>Tables that a definition reads, dictionaries and Join tables that it only names in a text included.</summary>
    private static ImmutableArray<ObjectName> SourcesOf(
        ObjectState item, QueryTree tree, ImmutableArray<ColumnOrigin> origins, Dictionary<ObjectName, ObjectState> states) =>
    [
        .. QueryOutline.Of(tree).Tables.Concat(item.Sources)
            .Concat(origins.Where(origin => origin.Kind == EdgeKind.Lookup).Select(origin => origin.Source).Where(states.ContainsKey))
            .Where(name => name != item.Name).Distinct(),
    ];

    private static ObjectName Named(ObjectState view, string text) =>
        text.Split('.', 2) is [var database, var name] ? new ObjectName(database, name) : new ObjectName(view.Name.Database, text);

    /// <summary>Executes scalar subqueries: only ever on the empty lab.</summary>
    private async Task<QueryTree> TreeAsync(string select, IReadOnlyDictionary<string, string> parameters, CancellationToken cancel) =>
        QueryTree.Read(await rig.TextAsync($"EXPLAIN QUERY TREE passes = 1 {select} FORMAT TSVRaw", parameters, cancel));

    /// <summary>The engine knows which tables the pattern of a Merge table matches.</summary>
    private async Task<ObjectState> MergeAsync(ObjectState merge, CancellationToken cancel)
    {
        if (MergePattern.Of(merge.Shape) is not { } pattern)
            return merge;
        var text = await rig.TextAsync(
            $"SELECT database, name FROM system.tables WHERE {pattern.Condition} AND NOT is_temporary ORDER BY 1, 2 FORMAT TSVRaw", cancel);
        return merge with
        {
            Sources = [.. RoleRig.Lines(text).Select(line => line.Split('\t')).Select(pair => new ObjectName(pair[0], pair[1])).Where(name => name != merge.Name && !name.IsInner)],
        };
    }

    private async Task<ObjectState> DictionaryAsync(ObjectState dictionary, CancellationToken cancel)
    {
        if (dictionary.Sources.IsEmpty)
            return dictionary; // Its source is elsewhere; nothing here can tell whether it would load.
        try
        {
            await _node.ExecuteAsync($"SYSTEM RELOAD DICTIONARY {Quote.Name(dictionary.Name)}", cancel: cancel);
            var about = (await rig.TextAsync(
                $"""
                SELECT type, arrayStringConcat(key.names, '\t') FROM system.dictionaries
                WHERE database = {Quote.Text(dictionary.Name.Database)} AND name = {Quote.Text(dictionary.Name.Name)} FORMAT TSVRaw
                """,
                cancel)).TrimEnd('\n').Split('\t');
            return dictionary with { Layout = about[0], LookupKeys = [.. about.Skip(1)] };
        }
        catch (ServerErrorException error)
        {
            return dictionary with { Fault = RoleRig.FaultOf(error) };
        }
    }

    private async Task<ObjectState> DefaultsAsync(ObjectState table, Dictionary<ObjectName, ObjectState> states, CancellationToken cancel)
    {
        var computed = table.Shape.Columns.Where(column => column.DefaultKind.Length > 0 && column.DefaultExpression.Length > 0).ToList();
        var plain = string.Join(", ", computed.Select(column => $"({column.DefaultExpression}) AS {Quote.Name(column.Name)}"));
        var select = $"SELECT {plain} FROM {Quote.Name(table.Name)} SETTINGS prefer_column_name_to_alias = 1";
        try
        {
            var types = await DescribeAsync(select, QueryParameters.None, cancel);
            var tree = await TreeAsync(select, QueryParameters.None, cancel);
            var origins = ColumnTracer.Trace(tree, text => Named(table, text));
            return table with
            {
                DefaultTypes = types.ToImmutableDictionary(column => column.Name, column => column.Type),
                Origins = origins,
                Sources = SourcesOf(table, tree, origins, states),
            };
        }
        catch (ServerErrorException)
        {
            // Defaults of EPHEMERAL columns and the like cannot be selected: then nothing is said of this table's defaults.
            return table;
        }
    }

    private async Task<ImmutableArray<ColumnShape>> DescribeAsync(string select, IReadOnlyDictionary<string, string> parameters, CancellationToken cancel)
    {
        var text = await rig.TextAsync($"DESCRIBE ({select}) SETTINGS print_pretty_type_names = 0 FORMAT TSVRaw", parameters, cancel);
        return [.. RoleRig.Lines(text).Select(line => line.Split('\t')).Select(pair => new ColumnShape(pair[0], pair[1]))];
    }

    private static IEnumerable<string[]> Lines(byte[] answer) => RoleRig.Lines(Encoding.UTF8.GetString(answer)).Select(line => line.Split('\t'));
}
