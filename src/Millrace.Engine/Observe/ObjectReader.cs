using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using Millrace.Core.Shapes;
using Millrace.Core.Sql;
using Millrace.Engine.Nodes;

namespace Millrace.Engine.Observe;

/// <summary>
/// Reads objects back from a server as shapes. The lab's objects are read by the same queries, so that what is declared
/// and what is observed are comparable.
/// </summary>
public static partial class ObjectReader
{
    /// <summary>Keeps the query text well below the server's <c>max_query_size</c> (256 KiB).</summary>
    private const int NamesPerQuery = 500;

    /// <summary>The named objects that exist, with their fingerprints; a name that does not exist is not in the answer.</summary>
    /// <param name="tellsViewTargets">From <see cref="NodeIdentity.TellsViewTargets"/>.</param>
    public static async Task<List<(Fingerprint Print, ObjectShape Shape)>> ReadAsync(
        INodeConnection node,
        IReadOnlyCollection<ObjectName> names,
        bool tellsViewTargets,
        CancellationToken cancel)
    {
        var found = new List<(Fingerprint, ObjectShape)>(names.Count);
        foreach (var part in names.Chunk(NamesPerQuery))
        {
            // Columns first: whoever compares the fingerprint with one taken earlier then knows that nothing changed
            // between, and that columns and definition belong together.
            var options = new StatementOptions { Compress = part.Length > 20 };
            var columns = ParseColumns(await node.QueryAsync(ColumnsQuery(part), options, cancel));
            ParseTables(await node.QueryAsync(TablesQuery(part, tellsViewTargets), options, cancel), columns, found);
        }

        return found;
    }

    /// <summary>The query for the columns of <paramref name="names"/>, one row a column.</summary>
    public static string ColumnsQuery(IEnumerable<ObjectName> names) => $"""
        SELECT database, table, name, type, default_kind, toValidUTF8(default_expression), compression_codec, toValidUTF8(comment)
        FROM system.columns WHERE {Among(names, "table")}
        ORDER BY database, table, position
        FORMAT JSONCompactEachRow
        """;

    /// <summary>The query for the objects <paramref name="names"/> without their columns, one row an object.</summary>
    public static string TablesQuery(IEnumerable<ObjectName> names, bool tellsViewTargets) => $"""
        SELECT {Fingerprint.Sql}, database, name, engine, toValidUTF8(engine_full), toValidUTF8(as_select),
          {(tellsViewTargets ? "target_database, target_table" : "'', ''")}, toValidUTF8(comment), toValidUTF8(create_table_query)
        FROM system.tables WHERE {Among(names, "name")}
        FORMAT JSONCompactEachRow
        """;

    /// <summary>Plain conditions on both columns: the server only looks at these tables, instead of at all.</summary>
    private static string Among(IEnumerable<ObjectName> names, string column)
    {
        var list = names.ToList();
        var condition = new StringBuilder("database IN (")
            .AppendJoin(", ", list.Select(n => n.Database).Distinct().Select(Quote.Text))
            .Append($") AND {column} IN (")
            .AppendJoin(", ", list.Select(n => n.Name).Distinct().Select(Quote.Text))
            .Append(')');
        if (list.DistinctBy(n => n.Database).Skip(1).Any())
        {
            condition.Append($" AND (database, {column}) IN (")
                .AppendJoin(", ", list.Select(n => $"({Quote.Text(n.Database)}, {Quote.Text(n.Name)})"))
                .Append(')');
        }

        return condition.ToString();
    }

    private static Dictionary<ObjectName, ImmutableArray<ColumnShape>.Builder> ParseColumns(byte[] answer)
    {
        var columns = new Dictionary<ObjectName, ImmutableArray<ColumnShape>.Builder>();
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            var table = new ObjectName(row.Text(), row.Text());
            if (!columns.TryGetValue(table, out var list))
                columns[table] = list = ImmutableArray.CreateBuilder<ColumnShape>();
            list.Add(new ColumnShape(row.Text(), row.Text(), row.Text(), row.Text(), row.Text(), row.Text()));
        }

        return columns;
    }

    private static void ParseTables(
        byte[] answer,
        Dictionary<ObjectName, ImmutableArray<ColumnShape>.Builder> columns,
        List<(Fingerprint, ObjectShape)> found)
    {
        var row = new RowReader(answer);
        while (row.NextRow())
        {
            var print = Fingerprint.Parse(row.RawText());
            var name = new ObjectName(row.Text(), row.Text());
            var shape = new ObjectShape
            {
                Name = name,
                Engine = row.Text(),
                EngineFull = row.Text(),
                AsSelect = row.Text(),
                Target = OwnTarget(new ObjectName(row.Text(), row.Text())),
                Comment = row.Text(),
                CreateQuery = row.Text(),
                Columns = columns.TryGetValue(name, out var list) ? list.DrainToImmutable() : [],
            };
            found.Add((print, shape.Engine == "MaterializedView" && shape.Target is null
                ? shape with { Target = TargetInDefinition(shape.CreateQuery) }
                : shape));
        }
    }

    /// <summary>An inner table is part of its view; its name holds a random id, which would make equal views differ.</summary>
    private static ObjectName? OwnTarget(ObjectName target) => target.Name.Length == 0 || target.IsInner ? null : target;

    /// <summary>
    /// Older servers tell a view's target only in its definition, which they print in one canonical form:
    /// <c>CREATE MATERIALIZED VIEW db.name [REFRESH ...] TO db.target (</c>.
    /// </summary>
    internal static ObjectName? TargetInDefinition(string createQuery)
    {
        var match = ToClause().Match(createQuery);
        return match.Success
            ? new ObjectName(Unquote(match.Groups["database"].Value), Unquote(match.Groups["table"].Value))
            : null;
    }

    private static string Unquote(string name) =>
        name.StartsWith('`') ? name[1..^1].Replace("\\`", "`").Replace("\\\\", "\\") : name;

    [GeneratedRegex(
        """
        ^CREATE\ MATERIALIZED\ VIEW\ (\w+|`([^`\\]|\\.)+`)\.(\w+|`([^`\\]|\\.)+`)
        (\ REFRESH\ [^(`']*?)?
        \ TO\ (?<database>\w+|`([^`\\]|\\.)+`)\.(?<table>\w+|`([^`\\]|\\.)+`)
        """,
        RegexOptions.ExplicitCapture | RegexOptions.IgnorePatternWhitespace,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex ToClause();
}
